import { describe, expect, test } from "vitest";
import { compileAnchored, compileRegexp } from "../../../server/src/kustomize/regexp";

describe("regular expressions of users", () => {
  test("one that would backtrack for ever comes to an end", () => {
    expect(compileAnchored("(a+)+")(`${"a".repeat(50_000)}b`)).toBe(false);
  });

  test.each([
    ["web", "web", true],
    ["web", "web-2", false],
    ["web.*", "web-2", true],
    ["a|b", "b", true],
    ["a|b", "ab", false],
    ["(?i)WEB", "web", true],
    ["\\Aweb\\z", "web", true],
  ])("%s as a whole and %s", (pattern, text, matches) => {
    expect(compileAnchored(pattern)(text)).toBe(matches);
  });

  test("plain text matches anywhere when it is not anchored", () => {
    expect(compileRegexp("gin")("nginx")).toBe(true);
  });

  test("a broken one is refused with Go's words", () => {
    expect(() => compileRegexp("a(")).toThrow("missing closing )");
  });

  test("what Go does not know is refused, though JavaScript does", () => {
    expect(() => compileRegexp("(?=a)")).toThrow(SyntaxError);
  });
});
