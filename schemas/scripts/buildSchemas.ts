import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path/posix";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { type Bundle, type BundleIndex, type BundleSources, makeBundle } from "./bundle";
import { openshiftPackage, shardSources } from "./sources";

/** Where the bundle goes. */
export interface BuildPlaces extends Pick<BundleSources, "project"> {
  /** The folder in which `schemas/` is written anew, for example `dist`. */
  readonly out: string;
  /** A folder that keeps the bundle as long as its sources are the same. */
  readonly cache: string;
}

/** What was built. */
export interface BuildReport {
  /** False when it was taken from the cache. */
  readonly built: boolean;
  readonly kinds: number;
  /** Bytes of all files as they ship. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/**
 * Writes the schema bundle and its notices into `out/schemas`; copies it from the cache when the sources are the same.
 * @throws SchemaSourceError when the sources do not fit together, for example an overlay whose path is gone upstream
 */
export async function buildSchemas(places: BuildPlaces): Promise<BuildReport> {
  const start = performance.now();
  const fingerprint = fingerprintOf(places.project);
  const kept = join(places.cache, fingerprint);
  const built = !existsSync(kept);
  if (built) await fill(kept, makeBundle(places));
  const folder = join(places.out, "schemas");
  rmSync(folder, { recursive: true, force: true });
  cpSync(kept, folder, { recursive: true });
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as BundleIndex;
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).length);
  return {
    built,
    kinds: Object.values(index.kinds).reduce((sum, kinds) => sum + Object.keys(kinds).length, 0),
    bytes: files.reduce((sum, size) => sum + size, 0),
    milliseconds: Math.round(performance.now() - start),
  };
}

/** Writes a bundle beside its place first: another build may be doing the same, and whoever is done first has it. */
async function fill(kept: string, bundle: Bundle): Promise<void> {
  const cache = dirname(kept);
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(join(cache, "part-"));
  await write(bundle, part);
  for (const old of readdirSync(cache).filter((name) => !name.startsWith("part-") && join(cache, name) !== kept)) {
    rmSync(join(cache, old), { recursive: true, force: true });
  }
  if (existsSync(kept)) rmSync(part, { recursive: true });
  else renameSync(part, kept);
}

async function write(bundle: Bundle, folder: string): Promise<void> {
  writeFileSync(join(folder, "index.json"), JSON.stringify(bundle.index));
  writeFileSync(join(folder, "THIRD-PARTY-NOTICES.md"), bundle.notices);
  const texts = [...bundle.shards].flatMap(([shard, { definitions, descriptions }]) => [
    { file: `${shard}.json.br`, text: JSON.stringify({ definitions }) },
    { file: `${shard}.descriptions.json.br`, text: JSON.stringify(descriptions) },
  ]);
  await Promise.all(texts.map(async ({ file, text }) => writeFileSync(join(folder, file), await compress(text))));
}

/** Compressed for the VSIX, which could only deflate: brotli takes a quarter less. The last level would take three times as long. */
function compress(text: string): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return promisify(brotliCompress)(text, { params });
}

/** Changes whenever a file of `schemas/` or the version of a package does. */
function fingerprintOf(project: string): string {
  const hash = createHash("sha256");
  const folder = join(project, "schemas");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.(json|ts)$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  }
  for (const name of [...shardSources.flatMap(({ packages = [] }) => packages), openshiftPackage]) {
    hash.update(readFileSync(join(project, "node_modules", name, "package.json")));
  }
  return hash.digest("hex");
}
