import { expect, test } from "vitest";
import type { Application, AutomatedSync } from "../../../../client/src/cluster/argocd/application";
import { autoSyncChange, autoSyncPatch } from "../../../../client/src/cluster/argocd/autoSync";

function withAutoSync(automated: AutomatedSync | null | undefined): Application {
  return { metadata: { name: "book" }, spec: { syncPolicy: { automated } } };
}

const on = withAutoSync({ prune: true });
const paused = withAutoSync({ enabled: false, prune: true });

test.each([
  ["pausing what is on", on, false, "switch", { enabled: false }],
  ["pausing what is on by its field", withAutoSync({ enabled: true }), false, "switch", { enabled: false }],
  ["resuming what was paused", paused, true, "switch", { enabled: true }],
  ["turning on what never was", withAutoSync(undefined), true, "turnOn", {}],
  ["turning on what was taken out", withAutoSync(null), true, "turnOn", {}],
  ["turning on what has no policy", { metadata: { name: "book" } }, true, "turnOn", {}],
])("%s touches nothing but that", (_, application, enabled, change, automated) => {
  expect(autoSyncChange(application, enabled)).toBe(change);
  expect(autoSyncPatch(application, enabled)).toEqual({ spec: { syncPolicy: { automated } } });
});

test.each([
  ["on", on, true],
  ["paused", paused, false],
  ["never on", withAutoSync(undefined), false],
])("what is %s already stays so", (_, application, enabled) => {
  expect(autoSyncChange(application, enabled)).toBe("nothing");
});
