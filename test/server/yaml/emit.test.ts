import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emitDocuments, findMark, marksOf } from "../../../server/src/yaml/emit";
import { getIn, type Mapping, type Node } from "../../../server/src/yaml/node";
import { readDocuments } from "../../../server/src/yaml/read";
import { scalarValue } from "../../../server/src/yaml/scalar";
import { tries } from "../../support/tries";

/** What exactly is printed is compared with the real Kustomize (`npm run test:kubectl`); here are the laws of the printer. */

const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        "word ",
        "long word ",
        " ",
        "\n",
        "\t",
        "'",
        '"',
        ": ",
        "#",
        "- ",
        "é",
        "😀",
        "\u2028",
        "yes",
        "1",
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join("")),
);
/** Line breaks of YAML 1.1 that are left out: nothing writes them, and the reader takes them for letters. */
const strings = texts.filter((text) => !/[\u0085\u2028\u2029]/.test(text));
const trees: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    strings.map(scalar),
    fc.array(tie("node"), { maxLength: 4 }).map((items): Node => ({ kind: "sequence", items, origin })),
    fc.uniqueArray(fc.tuple(strings, tie("node")), { maxLength: 4, selector: ([key]) => key }).map(mapping),
  ),
})).node;
const documents = fc
  .uniqueArray(fc.tuple(strings, trees), { minLength: 1, maxLength: 4, selector: ([key]) => key })
  .map(mapping);

describe("printed documents", () => {
  test("read back as the same values, and print the same again", () => {
    fc.assert(
      fc.property(fc.array(documents, { minLength: 1, maxLength: 3 }), (roots) => {
        const emitted = emitDocuments(roots);
        const read = readDocuments({ path: "/out.yaml", text: emitted.text });
        expect(read.flatMap((document) => document.problems)).toEqual([]);
        const again = read.flatMap(({ root }) => root ?? []);
        expect(again.map(plainValue)).toEqual(emitted.documents.map(({ root }) => plainValue(root)));
        expect(emitDocuments(again).text).toBe(emitted.text);
      }),
      tries(),
    );
  });

  test("know the value behind every piece of their text", () => {
    fc.assert(
      fc.property(documents, (root) => {
        const [document] = emitDocuments([root]).documents;
        if (document === undefined) return;
        for (const mark of marksOf(document)) {
          const steps = mark.pointer
            .split("/")
            .slice(1)
            .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
          expect(mark.node).toBe(followed(root, steps));
          expect(document.text.slice(mark.start, mark.end)).not.toMatch(/^[ \n]/);
          expect(mark.from).toBeLessThanOrEqual(mark.start);
        }
      }),
      tries(),
    );
  });
});

test("finds the innermost value at an offset", () => {
  const [read] = readDocuments({ path: "/a.yaml", text: "b:\n- c: 1\n  d: two\na: {}\n" });
  const emitted = emitDocuments(read?.root === undefined ? [] : [read.root, mapping([["z", scalar("last")]])]);
  const at = (text: string) => findMark(emitted, emitted.text.indexOf(text))?.mark.pointer;
  expect([at("a:"), at("b:"), at("- c"), at("1"), at("d:"), at("two"), at("last")]).toEqual([
    ...["/a", "/b", "/b/0", "/b/0/c", "/b/0/d", "/b/0/d", "/z"],
  ]);
});

describe("what cannot be printed", () => {
  test.each([
    ["a duplicate key", "a:\n  b: 1\n  b: 2\n", "yaml/duplicate-key", "b", 2],
    ["a number as a key", "a:\n  10: x\n", "yaml/non-string-key", "10", 1],
    ["infinity", "a: .inf\n", "yaml/unprintable-value", ".inf", 1],
    ["text that does not fit its tag", "a: !!int x\n", "yaml/unprintable-value", "x", 1],
    ["a control character", 'a: "\\x7F"\n', "yaml/unprintable-value", '"\\x7F"', 1],
  ])("%s is a failure with a place", (_name, text, code, expected, occurrence) => {
    const roots = readDocuments({ path: "/a.yaml", text }).flatMap(({ root }) => root ?? []);
    const emitted = emitDocuments([...roots, mapping([["other", scalar("x")]])]);
    expect(emitted.failures.map((failure) => failure.code)).toEqual([code]);
    const place = emitted.failures[0]?.place;
    expect(text.slice(place?.start, place?.end)).toBe(expected);
    expect(text.slice(0, place?.end).split(expected)).toHaveLength(occurrence + 1);
    expect(emitted.text, "the other documents are printed").toBe("other: x\n");
  });

  test("keys at the top may be of any type, as upstream", () => {
    const [read] = readDocuments({ path: "/a.yaml", text: "10: a\ntrue: b\n~: c\n" });
    expect(emitDocuments(read?.root === undefined ? [] : [read.root]).text).toBe('"10": a\n"true": b\n');
  });
});

test("writes the same nodes again from memory", () => {
  const root = mapping([["a", scalar("b")]]);
  expect(emitDocuments([root]).documents[0]?.text).toBe(emitDocuments([root, root]).documents[1]?.text);
});

const origin = { place: { file: { path: "/made.yaml", text: "" }, start: 0, end: 0 } };

function scalar(text: string): Node {
  return { kind: "scalar", text, tag: "str", style: "double", origin };
}

function mapping(entries: readonly (readonly [string, Node])[]): Mapping {
  const key = (text: string) => ({ kind: "scalar", text, tag: "str", style: "double", origin }) as const;
  return { kind: "mapping", entries: entries.map(([text, value]) => ({ key: key(text), value })), origin };
}

function followed(root: Node, steps: readonly string[]): Node | undefined {
  return steps.reduce<Node | undefined>(
    (node, step) => getIn(node, [node?.kind === "sequence" ? Number(step) : step]),
    root,
  );
}

/** A value without places. */
function plainValue(node: Node): unknown {
  if (node.kind === "scalar") return scalarValue(node);
  if (node.kind === "sequence") return node.items.map(plainValue);
  return new Map(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
}
