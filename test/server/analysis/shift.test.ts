import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/analysis/finding";
import { shiftFindings } from "../../../server/src/analysis/shift";

const before = { path: "/a.yaml", text: "one: 1\ntwo: second\nthree: 3\n" };

function findingAt(word: string): Finding {
  const start = before.text.indexOf(word);
  const place = { file: before, start, end: start + word.length };
  return { code: "core/x", severity: "error", place, message: "", related: [{ place, message: "Here." }] };
}

/** The texts at which the findings of some words stand after an edit. */
function shifted(words: readonly string[], edited: string, becomes: string): readonly string[] {
  const file = { path: "/a.yaml", text: before.text.replace(edited, becomes) };
  const findings = shiftFindings(words.map(findingAt), file);
  for (const { place, related } of findings) expect(related.map((each) => each.place)).toEqual([place]);
  return findings.map(({ place: { start, end } }) => file.text.slice(start, end));
}

test("findings before an edit stay, behind it they move", () => {
  expect(shifted(["one", "three"], "second", "a longer text")).toEqual(["one", "three"]);
});

test("a finding follows the word that is typed", () => {
  expect(shifted(["second"], "second", "seconds")).toEqual(["seconds"]);
  expect(shifted(["second"], "second", "secon")).toEqual(["secon"]);
  expect(shifted(["second"], "second", "sec_ond")).toEqual(["sec_ond"]);
  expect(shifted(["second"], "second", "other")).toEqual(["other"]);
});

test("what is typed behind a finding and is no word does not belong to it, nor what is typed before it", () => {
  expect(shifted(["second"], "second", "second # why")).toEqual(["second"]);
  expect(shifted(["second"], " second", " x second")).toEqual(["second"]);
});

test("a finding goes when an edit cuts through it or takes it away", () => {
  expect(shifted(["second", "one"], "second\nthree", "xy")).toEqual(["one"]);
  expect(shifted(["second"], "second", "")).toEqual([]);
  expect(shifted(["second"], "two: second\n", "")).toEqual([]);
});
