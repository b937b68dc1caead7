import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const project = fileURLToPath(new URL("../../..", import.meta.url));

/** Where the tests that run inside VS Code are built to; below `node_modules`, so that they find `mocha` there. */
export const hostTests = path.join(project, "node_modules/.cache/gitops-author/hostTests");

/** The suites, by the names of their files. `E2E_SUITE` chooses one inside VS Code. */
export const hostSuites = /** @type {const} */ (["example", "yamlExtension"]);

/**
 * Bundles the tests that run inside VS Code's extension host.
 * @returns {Promise<string>} the module whose `run` VS Code calls
 */
export async function buildHostTests() {
  const names = ["run", ...hostSuites.map((suite) => `${suite}.test`)];
  await build({
    entryPoints: names.map((name) => path.join(project, "test/e2e/host", `${name}.ts`)),
    outdir: hostTests,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return path.join(hostTests, "run.cjs");
}
