import { expect, test } from "vitest";
import { foldLines } from "../../../server/src/yaml/foldLines";

/** The folds of a text, each as the lines from its first to its last, 1-based. */
const foldsOf = (text: string): readonly string[] =>
  foldLines(text).map(({ start, end, comment }) => `${start + 1}-${end + 1}${comment ? " comment" : ""}`);

test("fields, items below their key in the same column, and what is in them", () => {
  expect(foldsOf("a:\n- b: 1\n  c:\n    d: 1\n\n- e\nf: 1\n")).toEqual(["1-6", "2-4", "3-4"]);
});

test("deeper items, and a list behind a dash", () => {
  expect(foldsOf("a:\n  - b:\n      c: 1\n    d: 1\n  - - e\n    - f\n")).toEqual(["1-6", "2-4", "5-6"]);
});

test("block scalars as a whole, whatever is in them", () => {
  expect(foldsOf("a: |\n  # x\n  b:\n    c\n  # y\nd: >-\n  e\n")).toEqual(["1-5", "6-7"]);
});

test("comments, which belong to no field", () => {
  expect(foldsOf("# a\n# b\nc:\n  d: 1\n\n  # e\n# f\ng: 1\n")).toEqual(["1-2 comment", "3-4", "6-7 comment"]);
});

test("documents, when there are several", () => {
  expect(foldsOf("---\na: 1\nb:\n  c: 1\n---\nd: 1\n")).toEqual(["1-4", "3-4", "5-6"]);
});

test("nothing in a text of one line, or in none", () => {
  expect(foldsOf("")).toEqual([]);
  expect(foldsOf("a: {b: 1}\n")).toEqual([]);
});
