import { expect, test } from "vitest";
import type { ApplicationStatus } from "../../../../client/src/cluster/argocd/application";
import { stateWords } from "../../../../client/src/cluster/argocd/applicationState";

function words(health: string, sync: string, more: ApplicationStatus = {}): readonly string[] {
  const status = { health: { status: health }, sync: { status: sync }, ...more };
  return stateWords({ metadata: { name: "book" }, status });
}

const failed = { phase: "Failed" as const };

test.each<[string, readonly string[], readonly string[]]>([
  ["what is fine", words("Healthy", "Synced"), ["Healthy", "Synced"]],
  ["what is wrong comes first", words("Healthy", "OutOfSync"), ["OutOfSync", "Healthy"]],
  [
    "also a sync that failed",
    words("Healthy", "Synced", { operationState: failed }),
    ["last sync failed", "Healthy", "Synced"],
  ],
  [
    "an error says why nothing is known",
    words("Healthy", "Unknown", { conditions: [{ type: "ComparisonError", message: "no such path" }] }),
    ["ComparisonError", "Sync unknown", "Healthy"],
  ],
  [
    "a failed sync is told once",
    words("Degraded", "Synced", { operationState: failed, conditions: [{ type: "SyncError", message: "failed" }] }),
    ["Degraded", "last sync failed", "Synced"],
  ],
  ["one at which nobody looked", stateWords({ metadata: { name: "new" } }), ["Health unknown", "Sync unknown"]],
])("the state of an Application in words: %s", (_, found, expected) => {
  expect(found).toEqual(expected);
});
