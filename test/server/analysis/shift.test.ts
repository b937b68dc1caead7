import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/analysis/finding";
import { shiftFindings } from "../../../server/src/analysis/shift";

const before = { path: "/a.yaml", text: "one: 1\ntwo: 2\nthree: 3\n" };

function findingAt(word: string): Finding {
  const start = before.text.indexOf(word);
  const place = { file: before, start, end: start + word.length };
  return { code: "core/x", severity: "error", place, message: "", related: [] };
}

test("findings before an edit stay, behind it they move, on it they go", () => {
  const file = { path: "/a.yaml", text: before.text.replace("two: 2", "two: 99999") };
  const shifted = shiftFindings(["one", "2", "three"].map(findingAt), file);
  expect(shifted.map(({ place: { start, end } }) => file.text.slice(start, end))).toEqual(["one", "three"]);
});
