import { expect, test } from "vitest";
import {
  annotationWords,
  hasSyncOption,
  ignoresExtraneous,
  isKeptByHelm,
  syncOptionValue,
} from "../../../server/src/protocol/objectMarks";

const options = (value: string): ReadonlyMap<string, string> => new Map([["argocd.argoproj.io/sync-options", value]]);

test.each([
  ["Prune=false", "false"],
  ["Validate=false, Prune=confirm ,Prune=false", "confirm"],
  ["PruneLast=true", undefined],
  ["prune=false", undefined],
  ["Prune=", ""],
  ["", undefined],
])("of the sync options %j the value of Prune is %j: the first one counts", (value, expected) => {
  expect(syncOptionValue(options(value), "Prune")).toBe(expected);
});

test("an option is there only as a whole", () => {
  expect(hasSyncOption(options("Validate=false , PruneLast=true"), "PruneLast=true")).toBe(true);
  expect(hasSyncOption(options("PruneLast=true2"), "PruneLast=true")).toBe(false);
  expect(hasSyncOption(new Map(), "PruneLast=true")).toBe(false);
});

test("words stand between commas, each once, and nothing is no word", () => {
  expect(annotationWords(new Map([["a", " b,, c ,b"]]), "a")).toEqual(["b", "c"]);
});

test("objects say for themselves what is not counted, and what Helm keeps", () => {
  const compare = (value: string) => new Map([["argocd.argoproj.io/compare-options", value]]);
  expect(ignoresExtraneous(compare("ServerSideDiff=true,IgnoreExtraneous"))).toBe(true);
  expect(ignoresExtraneous(compare("ignoreextraneous"))).toBe(false);
  expect(isKeptByHelm(new Map([["helm.sh/resource-policy", "keep"]]))).toBe(true);
  expect(isKeptByHelm(new Map())).toBe(false);
});
