import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

/** Field specs, name references, order ranks, kinds and merge keys. */
const folder = resolve(import.meta.dirname, "../../../server/src/kustomize/data");

test.each(readdirSync(folder))("%s holds only data: nothing in it is called, made or computed", (name) => {
  const code = readFileSync(join(folder, name), "utf8")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
    .replace(/"(?:[^"\\]|\\.)*"/g, '""');
  expect(code.match(/\bfunction\b|=>|\bnew\b|\w\(|`|\bclass\b|\bimport (?!type)/g)).toBeNull();
});
