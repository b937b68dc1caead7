import { expect, test } from "vitest";
import { findDeepNesting } from "../../../server/src/yaml/nesting";
import { readDocuments } from "../../../server/src/yaml/read";

const find = (text: string, limit: number) => findDeepNesting(text, 0, text.length, limit);

test.each([
  ["brackets", "a: [[[x]]]"],
  ["braces", "a: {b: {c: {d: e}}}"],
  ["dashes on one line", "- - - x"],
  ["question marks", "? ? ? x"],
])("%s nest", (_, text) => {
  expect(find(text, 2)).toBeDefined();
  expect(find(text, 3)).toBeUndefined();
});

test("what is closed, or opens nothing, does not nest", () => {
  expect(find("a: [x], [x], [x]", 1)).toBeUndefined();
  expect(find("a: x[0][1][2", 1)).toBeUndefined();
  expect(find("- a\n- b\n- c", 1)).toBeUndefined();
  expect(find("---\n-----\n", 1)).toBeUndefined();
});

test.each(["[", "{a: ", "- ", "? "])(
  "a text of ten thousand times %j is a problem, not the end of the process",
  (part) => {
    const [document] = readDocuments({ path: "/a.yaml", text: part.repeat(10_000) });
    expect(document?.problems.map(({ code }) => code)).toEqual(["yaml/too-deep"]);
  },
);
