import { expect, test } from "vitest";
import type { Application, AutomatedSync } from "../../../../client/src/cluster/argocd/application";
import { autoSyncChange, autoSyncPatch, whoTakesBack } from "../../../../client/src/cluster/argocd/autoSync";

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

test("who makes an Application may take a switch back, which is said", () => {
  const [apiVersion, uid] = ["argoproj.io/v1alpha1", "u"];
  const ownerReferences = [{ apiVersion, kind: "ApplicationSet", name: "books", uid }];
  const generated: Application = { metadata: { name: "book", ownerReferences }, spec: on.spec };
  expect(whoTakesBack(generated, false)).toContain(
    "Auto-sync of 'book' is paused, but the ApplicationSet 'books' makes",
  );
  const annotations = { "argocd.argoproj.io/tracking-id": "shop:argoproj.io/Application:argocd/book" };
  expect(whoTakesBack({ metadata: { name: "book", annotations } }, true)).toContain(
    "is on, but the Application 'shop'",
  );
  expect(whoTakesBack(on, false)).toBeUndefined();
});
