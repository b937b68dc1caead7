import { describe, expect, test } from "vitest";
import type { FindingData } from "../../../server/src/analysis/findingData";
import { compare, describeComparison, parseBaseline } from "../../../server/src/commandLine/baseline";

function finding(message: string, line: number, file = "a.yaml", code = "core/x"): FindingData {
  const range = { start: { line, column: 1 }, end: { line, column: 2 } };
  return { file, range, severity: "error", code, message, related: [], fixes: [] };
}

function baselineOf(...findings: readonly FindingData[]) {
  return parseBaseline(JSON.stringify({ version: 1, findings, summary: {} }), "baseline.json");
}

describe("a baseline", () => {
  test("accepts what it holds, on any line", () => {
    const compared = compare([finding("a", 30), finding("b", 2)], baselineOf(finding("a", 3), finding("b", 2)));
    expect(compared).toEqual({ fresh: [], accepted: 2, gone: 0 });
    expect(describeComparison(compared)).toBe("2 accepted by the baseline\n");
  });

  test("does not accept another message, file or code", () => {
    const found = [finding("b", 1), finding("a", 1, "b.yaml"), finding("a", 1, "a.yaml", "core/y")];
    const compared = compare(found, baselineOf(finding("a", 1)));
    expect(compared).toEqual({ fresh: found, accepted: 0, gone: 1 });
    expect(describeComparison(compared)).toBe("1 of the baseline no longer found: write it again\n");
  });

  test("accepts as many that are alike as it holds, those on its lines first", () => {
    const found = [finding("a", 1), finding("a", 5), finding("a", 9)];
    const lines = (...known: readonly number[]) =>
      compare(found, baselineOf(...known.map((line) => finding("a", line)))).fresh.map(({ range }) => range.start.line);
    expect(lines(5)).toEqual([1, 9]);
    expect(lines(1, 9)).toEqual([5]);
    expect(lines(2, 6)).toEqual([9]);
    expect(lines(1, 5, 9, 10)).toEqual([]);
  });

  test.each([
    "",
    "[]",
    "{}",
    '{"version":2,"findings":[]}',
    '{"version":1,"findings":{}}',
    '{"version":1,"findings":[{}]}',
  ])("is refused when it is none: %j", (text) =>
    expect(() => parseBaseline(text, "b.json")).toThrow("The baseline 'b.json'"),
  );
});

test("nothing is said where there is no baseline", () => {
  expect(describeComparison(compare([finding("a", 1)], []))).toBe("");
});
