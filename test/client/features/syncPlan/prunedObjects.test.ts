import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { ManagedResource } from "../../../../client/src/cluster/argocd/application";
import { PrunedObjects } from "../../../../client/src/features/syncPlan/prunedObjects";
import type { SyncPlan } from "../../../../server/src/protocol/syncPlan";
import { coreKinds, fakeConnection } from "../../../support/fakeConnection";

const { signal } = new AbortController();
const live: readonly ManagedResource[] = ["web", "old", "secret"].map((name) => {
  return { version: "v1", kind: name === "secret" ? "Secret" : "ConfigMap", namespace: "shop", name };
});

/** A plan that deletes objects of these names. */
function planOf(...names: readonly string[]): SyncPlan {
  const tasks = names.map((name): SyncPlan["tasks"][number] => {
    const kind = name === "secret" ? "Secret" : "ConfigMap";
    return { phase: "Sync", wave: 0, group: "", kind, name, isHook: false, isPrune: true, deletePolicies: [] };
  });
  return { title: "book", notes: [], tasks };
}

const marked = { "argocd.argoproj.io/sync-options": "Prune=false" };

function cluster() {
  return fakeConnection(({ path }) => {
    if (path === "/api/v1") return coreKinds;
    if (path.endsWith("/secrets/secret")) return new ApiError("forbidden", "You may not get secrets.");
    const annotations = { ...marked, "kubectl.kubernetes.io/last-applied-configuration": '{"data": "pa55"}' };
    return path.endsWith("/old") ? { metadata: { name: "old", annotations } } : undefined;
  });
}

test("what a plan deletes is looked at, once for a state of the Application, and nothing else", async () => {
  const { connection, asked } = cluster();
  const pruned = new PrunedObjects(connection, "shop");
  pruned.startFor("one");
  expect(await pruned.look(planOf("old"), live, signal)).toEqual({ isKnown: true, note: undefined });
  expect(pruned.marked(live).map(({ annotations }) => annotations)).toEqual([undefined, marked, undefined]);
  await pruned.look(planOf("old"), live, signal);
  const reads = () => asked.filter(({ path }) => path.includes("/namespaces/"));
  expect(reads().map(({ path }) => path)).toEqual(["/api/v1/namespaces/shop/configmaps/old"]);
  expect(reads()[0]?.accept).toContain("PartialObjectMetadata;");
  pruned.startFor("two");
  await pruned.look(planOf("old"), live, signal);
  expect(reads().length).toBe(2);
});

test("an object that cannot be read is named with the reason, and the others are known", async () => {
  const { connection, asked } = cluster();
  const pruned = new PrunedObjects(connection, "shop");
  const { isKnown, note } = await pruned.look(planOf("old", "secret", "web"), live, signal);
  expect(isKnown).toBe(true);
  expect(note).toMatch(/is not known: Secret secret\. It could not be read: You may not get secrets\.$/);
  expect(pruned.marked(live).map(({ annotations }) => annotations)).toEqual([{}, marked, undefined]);
  const before = asked.length;
  expect((await pruned.look(planOf("old", "secret"), live, signal)).note).toBe(note);
  expect(asked.length).toBe(before);
});

test("without a cluster to ask it is said that nobody knows; where nothing is deleted nothing is", async () => {
  const pruned = new PrunedObjects(undefined, "shop");
  expect((await pruned.look(planOf("old"), live, signal)).note).toMatch(
    /ConfigMap old\. Their cluster is not open here\.$/,
  );
  expect(await pruned.look(planOf(), live, signal)).toEqual({ isKnown: false });
  const silent = fakeConnection(() => new ApiError("timeout", "dev.example.com does not answer."));
  const found = await new PrunedObjects(silent.connection, "shop").look(planOf("old"), live, signal);
  expect(found.note).toMatch(/dev.example.com does not answer\.$/);
});
