/** `npm run package`: builds the extension and packs it into `gitops-author-VERSION.vsix`. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { reportTo, run } from "./run.mjs";
import { packExtension } from "./vsix.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));

try {
  await reportTo(process.stdout)("Building", () => run("npm", ["run", "build"], { cwd: project, quiet: true }));
  const { file, size } = await packExtension();
  console.log(`${path.relative(process.cwd(), file)}: ${size} bytes (${(size / 1e6).toFixed(2)} MB)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
