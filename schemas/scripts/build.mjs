// Builds the schema bundle: `node schemas/scripts/build.mjs [DIR]` writes DIR/schemas (default dist/schemas).
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const project = fileURLToPath(new URL("../..", import.meta.url));
const cache = resolve(project, "node_modules/.cache/gitops-author");

/**
 * Writes the bundle, from the cache when its sources have not changed.
 * @param {string} outdir the folder that gets `schemas/`, relative to the project
 * @returns {Promise<import("./buildSchemas").BuildReport>}
 */
export async function buildSchemas(outdir) {
  const outfile = resolve(cache, "run/buildSchemas.mjs");
  const entry = fileURLToPath(new URL("buildSchemas.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", target: "node20" });
  const builder = await import(pathToFileURL(outfile).href);
  return builder.buildSchemas({ project, out: resolve(project, outdir), cache: resolve(cache, "schemas") });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { built, kinds, bytes, milliseconds } = await buildSchemas(process.argv[2] ?? "dist");
  const how = built ? "built" : "unchanged";
  console.log(
    `schemas: ${kinds} kinds, ${(bytes / 1000).toFixed(0)} kB, ${how} in ${(milliseconds / 1000).toFixed(1)} s`,
  );
}
