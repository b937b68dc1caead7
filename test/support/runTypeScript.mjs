/** Runs a TypeScript program of ours with plain Node: `node test/support/runTypeScript.mjs FILE [ARGUMENT…]`. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const project = resolve(import.meta.dirname, "../..");
const [file = "", ...args] = process.argv.slice(2);
const outfile = join(project, "node_modules/.cache/gitops-author/run", `${basename(file, ".ts")}.mjs`);

await build({
  entryPoints: [resolve(file)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
  },
  plugins: [{ name: "own folder", setup: keepFolders }],
});
const child = spawn(process.execPath, ["--enable-source-maps", outfile, ...args], { stdio: "inherit", cwd: project });
// Whoever ends us ends the program too.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});

/** A file finds its neighbours by `import.meta.dirname`, which in a bundle must still be the folder of the source. */
function keepFolders(build) {
  build.onLoad({ filter: /\/test\/.*\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, "utf8");
    return { contents: text.replaceAll("import.meta.dirname", JSON.stringify(dirname(path))), loader: "ts" };
  });
}
