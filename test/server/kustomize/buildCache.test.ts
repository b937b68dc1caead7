import { readdirSync, readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { BuildCache, build } from "../../../server/src/kustomize/build";
import type { Found, Loader } from "../../../server/src/kustomize/loader";
import { emitDocuments } from "../../../server/src/yaml/emit";
import { fileOf } from "../../support/memoryLoader";
import { parseTree } from "../../support/tree";

const fixtures = resolve(import.meta.dirname, "../../conformance/kubectl/fixtures");
const names = readdirSync(fixtures).filter((name) => name.endsWith(".yaml"));

describe("a build with a cache says what a build without one says", () => {
  test.each(names)("%s", (name) => {
    const tree = new EditedTree(readFileSync(resolve(fixtures, name), "utf8"), seedOf(name));
    const cache = new BuildCache();
    for (let step = 0; step < 6; step++) {
      const loader = tree.loader();
      expect(answer(tree.root, loader, cache), `step ${step}: ${tree.lastEdit}`).toEqual(answer(tree.root, loader));
      tree.edit();
    }
  });
});

test.each([
  ["a patch", "/over/p.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {k: two}\n"],
  ["a file of the base", "/base/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {l: two}\n"],
])("an edit of %s leaves every other object the same object", (_, edited, text) => {
  const files = new Map<string, Found>();
  const put = (path: string, content: string) => files.set(path, fileOf(path, content));
  put("/base/kustomization.yaml", "resources: [a.yaml, b.yaml, c.yaml]\n");
  for (const name of ["a", "b", "c"]) {
    put(`/base/${name}.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`);
  }
  put("/over/kustomization.yaml", "resources: [../base]\nnamePrefix: x-\npatches: [path: p.yaml, path: q.yaml]\n");
  put("/over/p.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {k: one}\n");
  put("/over/q.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata: {k: one}\n");
  const cache = new BuildCache();
  const nodesNow = () =>
    new Map(build("/over", loaderOf(files), {}, cache).resources.map(({ id, node }) => [id.name, node]));
  const before = nodesNow();
  put(edited, text);
  const after = nodesNow();
  expect([...after.keys()]).toEqual(["x-a", "x-b", "x-c"]);
  expect([...after].filter(([name, node]) => node === before.get(name)).map(([name]) => name)).toEqual(["x-b", "x-c"]);
});

test("a file that was missing is found once it is there", () => {
  const files = new Map<string, Found>();
  const put = (path: string, text: string) => files.set(path, fileOf(path, text));
  put("/base/kustomization.yaml", "resources: [a.yaml]\n");
  put("/over/kustomization.yaml", "resources: [../base]\n");
  const cache = new BuildCache();
  expect(build("/over", loaderOf(files), {}, cache).problems.map(({ code }) => code)).toEqual([
    "kustomization/missing-file",
  ]);
  put("/base/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
  expect(build("/over", loaderOf(files), {}, cache).complete).toBe(true);
});

/** What a person sees of a build. */
function answer(root: string, loader: Loader, cache?: BuildCache) {
  const { resources, problems, complete, filesRead } = build(root, loader, {}, cache);
  return {
    text: emitDocuments(resources.map(({ node }) => node)).text,
    problems: problems.map(({ code, message, place }) => `${place.file.path}:${place.start} ${code} ${message}`),
    complete,
    filesRead: [...filesRead.keys()].sort(),
  };
}

/** A tree whose files change one after the other; a file that does not change stays the same object. */
class EditedTree {
  readonly root: string;
  lastEdit = "";
  readonly #files = new Map<string, Found>();
  readonly #original = new Map<string, string>();
  readonly #random: () => number;

  constructor(text: string, seed: number) {
    const tree = parseTree(text);
    this.root = posix.join("/tree", tree.root);
    this.#random = generator(seed);
    for (const [path, entry] of tree.entries) {
      if (entry.kind !== "file") continue;
      const absolute = posix.join("/tree", path);
      this.#files.set(absolute, fileOf(absolute, entry.content));
      if (typeof entry.content === "string") this.#original.set(absolute, entry.content);
    }
  }

  loader(): Loader {
    return loaderOf(this.#files);
  }

  /** Changes a letter, a line or the whole of one file, or puts it back. */
  edit(): void {
    const paths = [...this.#original.keys()];
    const path = this.#pick(paths) ?? "";
    const original = this.#original.get(path) ?? "";
    const kind = this.#pick(["digit", "line", "delete", "restore", "restore"]);
    this.lastEdit = `${kind} ${path}`;
    if (kind === "delete") this.#files.delete(path);
    else if (kind === "restore") this.#files.set(path, fileOf(path, original));
    else this.#files.set(path, fileOf(path, kind === "digit" ? this.#changeWord(original) : this.#dropLine(original)));
  }

  #changeWord(text: string): string {
    const words = [...text.matchAll(/: (\w+)$/gm)];
    const word = this.#pick(words);
    if (word === undefined) return `${text}\n`;
    const at = word.index + 2;
    return `${text.slice(0, at)}changed${Math.floor(this.#random() * 9)}${text.slice(at + (word[1]?.length ?? 0))}`;
  }

  #dropLine(text: string): string {
    const lines = text.split("\n");
    lines.splice(Math.floor(this.#random() * lines.length), 1);
    return lines.join("\n");
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.#random() * items.length)];
  }
}

/** A loader over the files as they are now. */
function loaderOf(files: ReadonlyMap<string, Found>): Loader {
  const snapshot = new Map(files);
  const directories = new Map<string, Found>();
  for (const path of snapshot.keys()) {
    for (let at = posix.dirname(path); !directories.has(at); at = posix.dirname(at)) {
      directories.set(at, { kind: "directory", realPath: at });
    }
  }
  return { lookUp: (path) => snapshot.get(path) ?? directories.get(path) ?? { kind: "missing" } };
}

function seedOf(name: string): number {
  return [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
}

/** A generator of numbers that are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
