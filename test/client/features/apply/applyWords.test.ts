import { expect, test } from "vitest";
import type { PlannedObject } from "../../../../client/src/cluster/applyPlan";
import type { ApplyResult } from "../../../../client/src/cluster/applyRun";
import { countPlanned, describePlanned, writeApplyReport } from "../../../../client/src/features/apply/applyWords";

const planned = (name: string, more: Partial<PlannedObject<string>> = {}): PlannedObject<string> => ({
  item: name,
  object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" } },
  state: "created",
  conflicts: [],
  warnings: [],
  ...more,
});

test("says what would be done, who stands against it and what the API server warns of", () => {
  const conflicts = [
    { manager: "kubectl-edit", field: ".spec.replicas" },
    { manager: "helm", field: ".spec.selector" },
    { manager: "kubectl-edit", field: ".spec.paused" },
  ];
  expect(describePlanned(planned("a", { state: "conflict", conflicts, warnings: ["old version"] }))).toEqual([
    "others manage some of its fields",
    "Others manage fields that would be set to other values: .spec.replicas, .spec.paused by kubectl-edit; .spec.selector by helm.",
    "Warning: old version",
  ]);
  expect(countPlanned([planned("a"), planned("b"), planned("c", { state: "unchanged" })])).toBe(
    "2 to create, 1 unchanged",
  );
});

test("the report has a line for each object, the reasons below, and says what is left to do", () => {
  const results: readonly ApplyResult<string>[] = [
    { planned: planned("a"), state: "created", warnings: ["old version"] },
    { planned: planned("b"), state: "unknown", message: "It went away.", warnings: [] },
    { planned: planned("c"), state: "skipped", message: "Not tried: It went away.", warnings: [] },
  ];
  expect(
    writeApplyReport({ what: "overlays/dev", context: "kind-dev" }, results),
  ).toBe(`overlays/dev applied to kind-dev: 1 created, 1 unknown, 1 skipped.

created     ConfigMap a in shop
            Warning: old version
UNKNOWN     ConfigMap b in shop
            It went away.
            Nobody knows whether it was applied. A retry looks first, and applies nothing twice.
skipped     ConfigMap c in shop
            Not tried: It went away.

2 objects are left: correct what is wrong, then choose Retry above.
`);
});
