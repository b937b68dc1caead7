import { expect, test } from "vitest";
import { matchesGlob } from "../../../server/src/analysis/glob";

test.each([
  ["charts", "charts/a/b.yaml", true],
  ["charts/**", "charts/a/b.yaml", true],
  ["**/test/*.yaml", "a/b/test/c.yaml", true],
  ["**/test/*.yaml", "test/c.yaml", true],
  ["*.yaml", "a/b.yaml", true],
  ["a/?.yaml", "a/b.yaml", true],
  ["./a/", "a/b.yaml", true],
  ["a/*.yaml", "a/b/c.yaml", false],
  ["charts", "mycharts/a.yaml", false],
  ["a.yaml", "a-yaml", false],
])("%s on %s: %s", (glob, path, expected) => expect(matchesGlob(glob, path)).toBe(expected));

test("a hostile glob ends at once", () => {
  expect(matchesGlob(`${"**/".repeat(200)}${"*a".repeat(500)}b`, `${"a/".repeat(200)}${"a".repeat(5000)}`)).toBe(false);
});
