import { describe, expect, test } from "vitest";
import type { SourceDocument } from "../../../server/src/yaml/document";
import { getIn, type Node } from "../../../server/src/yaml/node";
import { readDocuments } from "../../../server/src/yaml/read";

describe("places", () => {
  test.each([
    ["plain", "a: b # c\n", ["a"], "b"],
    ["plain over lines", "a: b\n  c\n\n  d\ne: f\n", ["a"], "b\n  c\n\n  d"],
    ["quotes belong to the place", "a: 'it''s'\n", ["a"], "'it''s'"],
    ["a literal block, header to last line", "a: |- # c\n  x\n\n  y\n\nb: c\n", ["a"], "|- # c\n  x\n\n  y"],
    ["a value that is missing", "a:   # c\nb: c\n", ["a"], ""],
    ["a map", "a:\n  b: c\n  d:\n  - e # f\n# g\n", ["a"], "b: c\n  d:\n  - e"],
    ["a list item", "- - a\n  - b\n- c\n", [0], "- a\n  - b"],
    ["brackets", "a: [b,\n  {c: d}] # e\n", ["a"], "[b,\n  {c: d}]"],
    ["behind a CR LF", "a: b\r\nc:\r\n- d\r\n", ["c", 0], "d"],
    ["behind an anchor", "a: &x [b]\nc: *x\n", ["a"], "[b]"],
    ["an alias has the place of its anchor", "a: &x [b]\nc: *x\n", ["c", 0], "b"],
    ["a merged key too", "a: &x\n  b: c\nd:\n  <<: *x\n  e: f\n", ["d", "b"], "c"],
  ])("%s", (_name, text, path, expected) => {
    const place = getIn(rootOf(text), path)?.origin.place;
    expect(text.slice(place?.start, place?.end)).toBe(expected);
  });

  test("keys have places as well", () => {
    const text = 'a:\n  "b c": d\n';
    const inner = getIn(rootOf(text), ["a"]);
    const place = inner?.kind === "mapping" ? inner.entries[0]?.key.origin.place : undefined;
    expect(text.slice(place?.start, place?.end)).toBe('"b c"');
  });
});

describe("values", () => {
  test.each([
    ["folded", "a: >\n  b\n  c\n\n   d\n  e\n", "b c\n\n d\ne\n"],
    ["no final line break in the file, none in the block", "a: |\n  b", "b"],
    ["escapes", 'a: "\\x41\\u00e9\\U0001F600\\\n   b\\t"\n', "Aé😀b\t"],
    ["lines in quotes", "a: 'b\n\n   c'\n", "b\nc"],
    ["a lone carriage return is a line break", "a: |\r  b\r  c\r", "b\nc\n"],
    ["a byte order mark", "\ufeffa: b\n", "b"],
    ["keys that are special elsewhere", "a: b\n__proto__: c\nconstructor: d\n", "b"],
  ])("%s", (_name, text, expected) => {
    expect(getIn(rootOf(text), ["a"])).toMatchObject({ text: expected });
  });

  test("own keys win over merged ones, and the first of several maps", () => {
    const text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 3\n";
    expect(keysAndTexts(getIn(rootOf(text), ["z"]))).toEqual({ a: "3", b: "1", c: "2" });
  });
});

describe("documents", () => {
  test.each([
    ["", 1, 0],
    ["# only a comment\n", 1, 0],
    ["---\na: b\n---\n# c\n---\nd: e\n", 3, 2],
    ["a: b\n--- # c\nd: e\n---", 2, 2],
    ["a: b\n---\n---\nc: d\n", 2, 2],
    ["a: |\n  x\n  ---\nb: c\n", 1, 1],
    ["null\n", 1, 1],
  ])("%j", (text, count, roots) => {
    const documents = read(text);
    expect([documents.length, documents.filter(({ root }) => root !== undefined).length]).toEqual([count, roots]);
    expect(documents.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("a mistake in one leaves the others whole", () => {
    const documents = read("a: 'b\n---\nc: d\n");
    expect(documents.map(({ problems }) => problems.length)).toEqual([1, 0]);
    expect(keysAndTexts(documents[1]?.root)).toEqual({ c: "d" });
  });
});

/** The text, the code, the text that the problem covers, and a part of its message. */
const mistakes: readonly (readonly [string, string, string, RegExp])[] = [
  ["a:\n\t b: c\n", "yaml/tab-indentation", "\t", /Tabs cannot indent/],
  ["a:\n\t\tb: c\n", "yaml/tab-indentation", "\t\t", /Tabs cannot indent/],
  ["- \ta\n", "yaml/tab-indentation", "\t", /tab cannot stand here/],
  ["a: 'b\n", "yaml/unclosed-quote", "'", /begins with '/],
  ['a: b\nc: [ "x, y]\nd: e\n', "yaml/unclosed-quote", '"', /begins with "/],
  ["'a: b\nc: d\n", "yaml/unclosed-quote", "'", /begins with '/],
  ["a: [b, c\nd: e\n", "yaml/unclosed-flow", "d", /not closed/],
  ["a: b: c\n", "yaml/nested-mapping", "b", /second `key:`/],
  ["a: b\nc\n", "yaml/missing-colon", "c", /no `:`/],
  ["a:\n<<<<<<< HEAD\n  b: c\n=======\n  b: d\n>>>>>>> side\n", "yaml/syntax", "<<<<<<< HEAD", /merge conflict/],
  ["a:\n  b: c\n d: e\n", "yaml/indentation", "d", /indented differently/],
  ["a: *x\n", "yaml/unknown-alias", "*x", /names no anchor/],
  ["a: &x [*x]\n", "yaml/alias-cycle", "*x", /inside the value/],
  ["a:\n  <<: b\n", "yaml/merge-key", "b", /must be a map/],
  ["a: {{ .Values.b }}\n", "yaml/complex-key", "{ .Values.b }", /plain text/],
  ['a: "\\q"\n', "yaml/unknown-escape", "\\", /escape/],
  ['a: "b\\/c"\n', "yaml/unknown-escape", '"b\\/c"', /escape/],
  ["a: @b\n", "yaml/reserved-character", "@", /cannot begin/],
  ["a: b\n--- c\nd: e\n", "yaml/document-separator", "c", /comment may stand/],
  ["a: \u0007b\n", "yaml/control-character", "\u0007", /U\+0007/],
  ["%YAML 1.2\n---\na: b\n", "yaml/directive", "", /directive/],
];

describe("mistakes", () => {
  test.each(mistakes)("%j is %s", (text, code, covered, message) => {
    const found = read(text).flatMap(({ problems }) => problems);
    expect(found.map((problem) => problem.code)).toContain(code);
    const problem = found.find((each) => each.code === code);
    expect(text.slice(problem?.start, problem?.end)).toContain(covered);
    expect(problem?.message).toMatch(message);
    expect(problem?.help).toMatch(/\.$/);
  });

  test("a key that stands twice is a warning: the last one counts", () => {
    const [document] = read("a: b\nc: d\na: e\n");
    expect(document?.problems).toEqual([]);
    expect(document?.warnings).toMatchObject([{ code: "yaml/duplicate-key", start: 10, end: 11 }]);
  });

  test("what comes before a mistake is read", () => {
    expect(keysAndTexts(rootOf("a: b\nc: 'd\n"))).toMatchObject({ a: "b" });
  });
});

describe("hostile texts", () => {
  const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
  const laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 12; i++)
    laughs.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  const chain = ["a0: &a0 [x]", ...Array.from({ length: 2000 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`)];
  const deepMap = Array.from({ length: 1500 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");

  test.each([
    ["billion laughs", laughs.join("\n"), "yaml/alias-bomb"],
    ["a chain of aliases", chain.join("\n"), "yaml/alias-bomb"],
    ["10,000 brackets", `a: ${nested("[", "]", 10_000)}`, "yaml/too-deep"],
    ["1,500 maps", deepMap, "yaml/too-deep"],
    ["lists in lists", nested("- ", "", 3000), "yaml/too-deep"],
  ])("%s give a problem in bounded time", (_name, text, code) => {
    const found = read(text).flatMap(({ problems }) => problems);
    expect(found.map((problem) => problem.code)).toContain(code);
  });

  test("a large text with a mistake is given up where the mistake is", () => {
    const text = `${Array.from({ length: 200_000 }, (_, i) => `k${i}: value\n`).join("")}x: 'y\n`;
    const found = read(text).flatMap(({ problems }) => problems);
    expect(found.map(({ code }) => code)).toEqual(["yaml/too-large"]);
    expect(text.slice(found[0]?.start)).toMatch(/^'y/);
  });

  test("a long line and many short ones are read in linear time", () => {
    const long = rootOf(`a: ${"x ".repeat(1_000_000)}y\n`);
    expect(getIn(long, ["a"])).toMatchObject({ kind: "scalar" });
    const many = rootOf(Array.from({ length: 100_000 }, (_, i) => `k${i}: v`).join("\n"));
    expect(many?.kind === "mapping" && many.entries.length).toBe(100_000);
  });
});

function read(text: string): readonly SourceDocument[] {
  return readDocuments({ path: "/a.yaml", text });
}

function rootOf(text: string): Node | undefined {
  return read(text)[0]?.root;
}

function keysAndTexts(node: Node | undefined): Record<string, string> {
  const entries = node?.kind === "mapping" ? node.entries : [];
  return Object.fromEntries(
    entries.map(({ key, value }) => [key.text, value.kind === "scalar" ? value.text : value.kind]),
  );
}
