import { expect, test } from "vitest";
import { isProtected } from "../../../client/src/cluster/protectedContexts";

test.each([
  ["eu-prod-1", "*prod*", true],
  ["PROD", "*prod*", true],
  ["dev", "*prod*", false],
  ["prod", "prod", true],
  ["prod-2", "prod", false],
  ["prod-2", "prod*", true],
  ["team/prod", "*/prod", true],
  ["aba", "ab*ba", false],
  ["abba", "ab*ba", true],
  ["a.b", "a?b", false],
  ["anything", "*", true],
  ["anything", "", false],
  ["a".repeat(5000), "*a*a*a*a*a*a*a*a*b", false],
])("%s is protected by %s: %s", (name, pattern, expected) => {
  expect(isProtected(name, [pattern])).toBe(expected);
});

test("nothing is protected without a pattern", () => expect(isProtected("prod", [])).toBe(false));
