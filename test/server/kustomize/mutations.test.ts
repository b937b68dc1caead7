import { readdirSync, readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runBuild } from "../../../server/src/render/builds";
import { originsOf } from "../../../server/src/render/originData";
import { createMemoryLoader } from "../../../server/src/workspace/memoryLoader";
import { parseTree } from "../../support/tree";
import { tries } from "../../support/tries";

/** Whatever a file holds, a build ends, throws nothing, and says what is wrong at places that are there. */
const fixtures = resolve(import.meta.dirname, "../../conformance/kubectl/fixtures");
const trees = readdirSync(fixtures)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => {
    const { root, entries } = parseTree(readFileSync(resolve(fixtures, name), "utf8"));
    const files = [...entries].flatMap(([path, entry]) =>
      entry.kind === "file" ? [[posix.join("/tree", path), Buffer.from(entry.content)] as const] : [],
    );
    return { name, root: posix.join("/tree", root), files };
  });

/** What people and machines do to a text: cut, double, swap and indent lines, put odd words and bytes in. */
type Mutation = (content: Buffer, at: number, more: number) => Buffer;

const words =
  "__proto__ constructor null ~ - --- ... {} [] {{ }} : ? & * << ! !!binary | > @ ` % 0x1 1e999 .nan $patch: $(A) [x=y] a.b /~1 \t \u0000 \u2028 \ufeff".split(
    " ",
  );

const lines = (content: Buffer, change: (lines: string[]) => readonly string[]): Buffer =>
  Buffer.from(change(content.toString("utf8").split("\n")).join("\n"));

const mutations: readonly Mutation[] = [
  (content, at) => lines(content, (all) => all.filter((_, i) => i !== at % all.length)),
  (content, at) => lines(content, (all) => all.flatMap((line, i) => (i === at % all.length ? [line, line] : [line]))),
  (content, at, more) => lines(content, (all) => all.with(at % all.length, all[more % all.length] ?? "")),
  (content, at) => lines(content, (all) => all.with(at % all.length, `  ${all[at % all.length]}`)),
  (content, at) =>
    lines(content, (all) => all.with(at % all.length, (all[at % all.length] ?? "").replace(/^ {1,2}/, ""))),
  (content, at, more) =>
    lines(content, (all) =>
      all.with(at % all.length, (all[at % all.length] ?? "").replace(/[^ :-]+$/, words[more % words.length] ?? "")),
    ),
  (content, at, more) =>
    lines(content, (all) =>
      all.with(at % all.length, (all[at % all.length] ?? "").replace(/[\w.]+/, words[more % words.length] ?? "")),
    ),
  (content, at, more) => {
    const copy = Buffer.from(content);
    if (copy.length > 0) copy[at % copy.length] = more % 256;
    return copy;
  },
  (content, at) => content.subarray(0, at % (content.length + 1)),
];

const mutation = fc.record({
  file: fc.nat(),
  kind: fc.nat(mutations.length - 1),
  at: fc.nat(100_000),
  more: fc.nat(100_000),
});

test("mutated trees", () => {
  const property = fc.property(
    fc.constantFrom(...trees),
    fc.array(mutation, { minLength: 1, maxLength: 4 }),
    ({ root, files }, changes) => {
      const tree = new Map<string, Buffer>(files);
      for (const { file, kind, at, more } of changes) {
        const [path = "", content = Buffer.alloc(0)] = [...tree][file % tree.size] ?? [];
        tree.set(path, mutations[kind]?.(content, at, more) ?? content);
      }
      const build = runBuild(root, createMemoryLoader(tree), { clock: { now: () => 0 } });
      for (const { place } of build.problems) {
        expect(place.start).toBeGreaterThanOrEqual(0);
        expect(place.end).toBeGreaterThanOrEqual(place.start);
        expect(place.end).toBeLessThanOrEqual(place.file.text.length);
      }
      expect(build.complete).toBe(!build.problems.some(({ severity }) => severity === "error"));
      originsOf(build.text, (path) => path);
    },
  );
  fc.assert(property, tries(500));
});
