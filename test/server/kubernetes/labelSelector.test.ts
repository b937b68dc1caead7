import { describe, expect, test } from "vitest";
import { matchesLabels, parseLabelSelector } from "../../../server/src/kubernetes/labelSelector";

const labels = new Map([
  ["app", "web"],
  ["tier", ""],
  ["size", "12"],
]);

function matches(selector: string): boolean | string {
  const parsed = parseLabelSelector(selector);
  return "error" in parsed ? parsed.error : matchesLabels(parsed.requirements, labels);
}

describe("label selectors", () => {
  test.each([
    ["", true],
    ["app=web", true],
    ["app==web,tier=", true],
    ["app!=web", false],
    ["old!=web", true],
    ["app in (a, web)", true],
    ["app notin (a,b)", true],
    ["tier in (a,,b)", true],
    ["tier in ()", true],
    ["app", true],
    ["!app", false],
    [" !old , app ", true],
    ["size>11,size<13", true],
    ["app>1", false],
  ])("%s", (selector, expected) => {
    expect(matches(selector)).toBe(expected);
  });

  test.each(["a b", "app in web", "app=a=b", "-x=y", "app in (a", "app>x", ",", "app,", "a/b/c", "constructor in"])(
    "%s is refused",
    (selector) => {
      expect(matches(selector)).toBeTypeOf("string");
    },
  );

  test("names of JavaScript's own objects are ordinary keys", () => {
    expect(matches("constructor")).toBe(false);
    expect(matches("!__proto__x")).not.toBe(false);
  });
});
