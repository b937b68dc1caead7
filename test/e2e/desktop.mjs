/** `npm run test:desktop`: the tests inside the extension host, in the desktop VS Code that `@vscode/test-electron` downloads. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { buildHostTests, hostSuites } from "./support/buildHostTests.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));
const module = await buildHostTests();
let passed = 0;
let failed = 0;

for (const suite of hostSuites) {
  const folder = mkdtempSync(path.join(tmpdir(), "gitops-author-desktop-"));
  const workspace = path.join(folder, "person-service");
  const results = path.join(folder, "results.json");
  cpSync(path.join(project, "examples/person-service"), workspace, { recursive: true });
  mkdirSync(path.join(workspace, "notes"));
  writeFileSync(path.join(workspace, "notes/compose.yaml"), "services:\n  web:\n    image: nginx\n");
  const besides = suite === "yamlExtension" ? [path.join(project, "test/e2e/standIns/redHatYaml")] : [];
  try {
    await runTests({
      extensionDevelopmentPath: [project, ...besides],
      extensionTestsPath: module,
      extensionTestsEnv: { E2E_RESULTS: results, E2E_SUITE: suite },
      launchArgs: [workspace, "--disable-workspace-trust", "--user-data-dir", path.join(folder, "data")],
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  // Neither an exit code nor an exception is the measure: only tests that say they ran.
  const tests = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : [];
  if (tests.length === 0) {
    failed++;
    console.error(`${suite}: no test ran. Could desktop VS Code be downloaded?`);
  }
  for (const { title, error } of tests) {
    if (error === undefined) passed++;
    else failed++;
    console.log(error === undefined ? `ok      ${title}` : `FAILED  ${title}\n${error}`);
  }
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
