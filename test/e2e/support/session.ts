import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { openVsCode, project, type VsCodeOptions } from "./vsCode";
import { Workbench } from "./workbench";

/**
 * One VS Code for all tests of a file, opened before the first and closed after the last. When a test fails, a picture
 * of the window is kept in `node_modules/.cache/gitops-author/failures`.
 * @param options asked when VS Code is opened, so they may depend on what `beforeAll` made
 */
export function useVsCode(options: () => VsCodeOptions): { readonly workbench: Workbench } {
  let workbench: Workbench | undefined;
  let close: () => Promise<void> = async () => {};
  beforeAll(async () => {
    const code = await openVsCode(options());
    workbench = new Workbench(code.page);
    close = code.close;
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail" || workbench === undefined) return;
    const folder = path.join(project, "node_modules/.cache/gitops-author/failures");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${task.name.replaceAll(/[^A-Za-z0-9]+/g, "-")}.png`);
    await workbench.page.screenshot({ path: file });
    console.error(`The window at the failure: ${file}`);
  });
  afterAll(() => close());
  return {
    get workbench() {
      if (workbench === undefined) throw new Error("VS Code is open only while a test runs.");
      return workbench;
    },
  };
}
