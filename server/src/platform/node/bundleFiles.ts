import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

/** The folder of the schema bundle, read file by file as it is asked. A file that is missing or broken is `undefined`. */
export function nodeBundleFiles(folder: string): {
  index(): unknown;
  structure(shard: string): unknown;
  descriptions(shard: string): unknown;
} {
  const read = (name: string, unpack: (bytes: Buffer) => Buffer): unknown => {
    try {
      return JSON.parse(unpack(readFileSync(join(folder, name))).toString("utf8"));
    } catch {
      return undefined;
    }
  };
  return {
    index: () => read("index.json", (bytes) => bytes),
    structure: (shard) => read(`${shard}.json.br`, brotliDecompressSync),
    descriptions: (shard) => read(`${shard}.descriptions.json.br`, brotliDecompressSync),
  };
}
