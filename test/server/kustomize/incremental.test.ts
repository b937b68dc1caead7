import { describe, expect, test } from "vitest";
import { BuildCache, type BuildResult, build } from "../../../server/src/kustomize/build";
import type { Found, Loader } from "../../../server/src/kustomize/loader";
import { emitDocuments } from "../../../server/src/yaml/emit";
import { generateTree } from "../../conformance/fuzz/generateTree";
import { type Random, randomOf } from "../../conformance/fuzz/random";
import { fileOf, memoryLoader } from "../../support/memoryLoader";
import type { Tree } from "../../support/tree";

/** Random trees, each edited several times at random; after each edit a build with a cache must equal one without. */
describe("a build with a cache equals a cold one", () => {
  test.each(Array.from({ length: 40 }, (_, index) => [index + 1]))("after edits of tree %i", (seed) => {
    const random = randomOf(seed);
    const tree = generateTree(seed);
    const cache = new BuildCache();
    const texts = new Map<string, string>();
    for (const [path, entry] of tree.entries) if (entry.kind === "file") texts.set(`/${path}`, String(entry.content));
    let loader: Loader = memoryLoader(texts);
    for (let step = 0; step < 6; step++) {
      const warm = build(`/${tree.root}`, loader, {}, cache);
      const cold = build(`/${tree.root}`, loader);
      expect(describeResult(warm), `step ${step}`).toEqual(describeResult(cold));
      loader = edited(loader, tree, texts, random);
    }
  });
});

function describeResult({ resources, problems, filesRead, pending, complete }: BuildResult): unknown {
  return {
    text: emitDocuments(resources.map(({ node }) => node)).text,
    problems: problems.map(({ code, message, place }) => `${place.file.path}:${place.start} ${code} ${message}`).sort(),
    filesRead: [...filesRead.keys()].sort(),
    pending,
    complete,
  };
}

/** A loader in which one file is edited, taken away or given back; everything else stays the same objects. */
function edited(loader: Loader, tree: Tree, texts: Map<string, string>, random: Random): Loader {
  const path = `/${random.pick([...tree.entries.keys()])}`;
  const original = texts.get(path) ?? "";
  const found: Found = random.chance(0.1) ? { kind: "missing" } : fileOf(path, editText(original, random));
  if (found.kind === "file") texts.set(path, found.source.text);
  return { lookUp: (wanted) => (wanted === path ? found : loader.lookUp(wanted)) };
}

function editText(text: string, random: Random): string {
  const lines = text.split("\n");
  const at = random.int(lines.length);
  const line = lines[at] ?? "";
  const replacement = random.pick([[], [line, line], [line.replace(/\w+$/, "edited")], [`${line} # comment`]]);
  return [...lines.slice(0, at), ...replacement, ...lines.slice(at + 1)].join("\n");
}
