import { expect, test } from "vitest";
import { findSuppressions } from "../../../server/src/analysis/suppressions";

const hides = (text: string, code: string, at: string): boolean =>
  findSuppressions({ path: "/a.yaml", text }).hides(code, text.indexOf(at));

test("a comment turns codes off on the line below it, and only there", () => {
  const text = "# gitops-author-disable-next-line core/one, core/two\na: 1\nb: 2\n";
  expect(hides(text, "core/one", "a:")).toBe(true);
  expect(hides(text, "core/two", "a:")).toBe(true);
  expect(hides(text, "core/three", "a:")).toBe(false);
  expect(hides(text, "core/one", "b:")).toBe(false);
});

test("a comment turns codes off in the whole file", () => {
  const text = "a: 1\n# gitops-author-disable core/one\nb: 2\n";
  expect(hides(text, "core/one", "a:")).toBe(true);
  expect(hides(text, "core/two", "b:")).toBe(false);
});

test("without a code all are meant, with other words none", () => {
  expect(hides("a: 1 # gitops-author-disable\n", "core/one", "a:")).toBe(true);
  expect(hides("# gitops-author-disable Core/One\na: 1\n", "core/two", "a:")).toBe(false);
  expect(hides("# gitops-author-disabled core/one\na: 1\n", "core/one", "a:")).toBe(false);
  expect(hides("a: gitops-author-disable\n", "core/one", "a:")).toBe(false);
});
