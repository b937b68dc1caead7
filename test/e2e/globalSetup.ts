import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { reportTo } from "../../client/scripts/run.mjs";
import { installVsCode } from "../../client/scripts/vscode/install.mjs";
import { packExtension } from "../../client/scripts/vsix.mjs";
import { buildHostTests } from "./support/buildHostTests.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** The module whose `run` VS Code calls to run tests inside its extension host. */
    hostModule: string;
    /** The packed extension. */
    vsix: string;
  }
}

/** Before the first test: VS Code is installed, the tests that run inside it are built, the extension is packed. */
export default async function setUp({ provide }: TestProject): Promise<() => void> {
  const report = reportTo(process.stdout);
  await installVsCode(report);
  provide("hostModule", await buildHostTests());
  const folder = mkdtempSync(path.join(tmpdir(), "gitops-author-packed-"));
  const { file } = await report("Packing the extension", () => packExtension(path.join(folder, "gitops-author.vsix")));
  provide("vsix", file);
  return () => rmSync(folder, { recursive: true, force: true });
}
