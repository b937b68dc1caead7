import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Bundles parts of the product as `npm run build` does, into a folder of the calling suite, and gives the folder. Suites that run
 * at the same time name different folders.
 */
export function buildBundles(name: string, bundles: readonly string[]): string {
  const folder = resolve(project, "node_modules/.cache/test-bundles", name);
  const only = bundles.flatMap((bundle) => ["--only", bundle]);
  execFileSync(process.execPath, ["esbuild.mjs", "--outdir", folder, ...only], { cwd: project, stdio: "inherit" });
  return folder;
}
