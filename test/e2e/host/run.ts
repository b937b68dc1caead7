import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";

/**
 * Called by VS Code inside its extension host: by the browser's page payload in `npm run test:vscode`, by
 * `@vscode/test-electron` in `npm run test:desktop`. VS Code's own exit code cannot be trusted (it is 0 when the host dies),
 * so the outcome goes to the file that `E2E_RESULTS` names; a missing file is a failure. `E2E_SUITE` names the file of tests.
 */
export async function run(): Promise<void> {
  const suite = process.env["E2E_SUITE"] ?? "example";
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 150_000, reporter: "spec" });
  const files = readdirSync(__dirname).filter((name) => name === `${suite}.test.cjs`);
  for (const name of files) mocha.addFile(path.join(__dirname, name));

  const results: { title: string; error?: string }[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("pass", (test) => results.push({ title: test.fullTitle() }));
    runner.on("fail", (test, error: Error) => {
      results.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
  });
  const file = process.env["E2E_RESULTS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results, null, 2));
  const failed = results.filter(({ error }) => error !== undefined).length;
  if (failed > 0 || results.length === 0) throw new Error(`${failed} of ${results.length} tests failed`);
}
