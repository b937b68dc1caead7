import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { keepAnnouncements } from "./announcements";
import { openVsCode, project, type VsCode, type VsCodeOptions } from "./vsCode";
import { describeWindow } from "./windowReport";
import { Workbench } from "./workbench";

/** A VS Code that is open while a test runs. */
export interface Session {
  readonly workbench: Workbench;
  /** Where it keeps its settings, logs and extensions. */
  readonly folder: string;
}

/**
 * One VS Code for all tests of a file, opened before the first and closed after the last. When a test fails, what the window showed is told,
 * and a picture of it is kept in `node_modules/.cache/gitops-author/failures`.
 * @param options asked when VS Code is opened, so they may depend on what `beforeAll` made
 */
export function useVsCode(options: () => VsCodeOptions | Promise<VsCodeOptions>): Session {
  let code: VsCode | undefined;
  let workbench: Workbench | undefined;
  beforeAll(async () => {
    code = await openVsCode(await options());
    workbench = new Workbench(code.page);
    await keepAnnouncements(code.page);
  }, 300_000);
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail" && code !== undefined) await reportFailure(code, task.name);
  });
  afterAll(() => code?.close());
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("VS Code is open only while a test runs.");
    return value;
  };
  return {
    get workbench() {
      return opened(workbench);
    },
    get folder() {
      return opened(code).folder;
    },
  };
}

async function reportFailure(code: VsCode, test: string): Promise<void> {
  const folder = path.join(project, "node_modules/.cache/gitops-author/failures");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${test.replaceAll(/[^A-Za-z0-9]+/g, "-")}.png`);
  console.error(`The window at the failure, of which ${file} is a picture:\n${await describeWindow(code)}`);
  await code.page.screenshot({ path: file });
}
