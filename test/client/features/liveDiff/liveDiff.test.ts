import { expect, test } from "vitest";
import type { ObjectComparison } from "../../../../client/src/cluster/compareWithCluster";
import { summarize, writeReport } from "../../../../client/src/features/liveDiff/diffReport";

const found = (state: ObjectComparison["state"], name: string, ...notes: string[]): ObjectComparison => ({
  ...{ apiVersion: "v1", kind: "ConfigMap", name, namespace: "shop", state, notes },
  ...{ live: "", desired: "", lines: [] },
});

test.each([
  [[], "There is nothing to compare."],
  [[found("same", "a")], "Nothing differs in 1 object."],
  [[found("same", "a"), found("hook", "b"), found("same", "c")], "Nothing differs in 2 objects."],
  [[found("different", "a"), found("same", "b"), found("hook", "c")], "1 of 2 objects differs."],
  [[found("onlyFiles", "a"), found("unknown", "b")], "1 is only in the files, 1 could not be compared."],
  [[found("same", "a"), found("unread", "b"), found("unread", "c")], "2 could not be read."],
  [[found("different", "a"), found("same", "b"), found("unread", "c")], "1 of 2 objects differs, 1 could not be read."],
])("a comparison in a sentence (%#)", (comparisons, sentence) => expect(summarize(comparisons)).toBe(sentence));

test("the report groups the objects, and tells what is to be known of each", () => {
  const comparisons = [found("same", "a"), found("unknown", "b", "You may not see it."), found("different", "c")];
  expect(
    writeReport({ what: "book-dev", context: "kind-dev", notes: ["Partly."] }, comparisons),
  ).toBe(`book-dev compared with kind-dev: 1 of 2 objects differs, 1 could not be compared.

! Partly.

Differs (1)
  ConfigMap c in shop

Could not be compared (1)
  ConfigMap b in shop
    You may not see it.

The same (1)
  ConfigMap a in shop
`);
});
