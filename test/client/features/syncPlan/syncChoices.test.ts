import { describe, expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { syncOptionsOf } from "../../../../client/src/cluster/argocd/operations";
import {
  chooseable,
  conflictOf,
  offeredChoices,
  type SyncChoice,
  toSyncOptions,
} from "../../../../client/src/features/syncPlan/syncChoices";

const application: Application = {
  metadata: { name: "book", namespace: "argocd" },
  spec: {
    source: { targetRevision: "v1" },
    syncPolicy: { syncOptions: ["ServerSideApply=true", "CreateNamespace=true"] },
  },
  status: {
    resources: [
      { kind: "ConfigMap", name: "same", status: "Synced" },
      { kind: "ConfigMap", name: "old", status: "OutOfSync", requiresPruning: true },
      { kind: "Job", name: "migrate", hook: true },
    ],
  },
};

test("offers what the Application has chosen as chosen, and says what a prune deletes", () => {
  const offered = new Map(offeredChoices(application).map((each) => [each.choice, each]));
  expect(offered.get("serverSide")?.picked).toBe(true);
  expect(offered.get("replace")?.picked).toBe(false);
  expect(offered.get("prune")?.description).toBe("delete what is no longer in Git: 1 object");
  expect(offered.get("revision")?.description).toBe("now v1");
});

test("offers no revision for several sources, and no objects where none is known", () => {
  const several = { metadata: { name: "book" }, spec: { sources: [{}, {}] } };
  const choices = offeredChoices(several).map(({ choice }) => choice);
  expect(choices).not.toContain("revision");
  expect(choices).not.toContain("resources");
});

test("lets objects be chosen, those out of sync first, hooks never", () => {
  expect(chooseable(application).map(({ name }) => name)).toEqual(["old", "same"]);
});

describe("refuses what Argo CD or kubectl would refuse or pass over", () => {
  test.each<[readonly SyncChoice[], RegExp | undefined]>([
    [["serverSide", "replace"], /would replace and not apply/],
    [["serverSide", "force"], /kubectl.*refuses/],
    [["replace", "force", "prune"], undefined],
    [[], undefined],
  ])("%j", (choices, reason) => {
    const conflict = conflictOf(new Set(choices));
    if (reason === undefined) expect(conflict).toBeUndefined();
    else expect(conflict).toMatch(reason);
  });
});

test("an option that is not chosen does not count, even when the Application has it; others stay", () => {
  const options = toSyncOptions(new Set<SyncChoice>(["replace", "prune"]), {
    revision: undefined,
    resources: undefined,
  });
  expect(options).toMatchObject({ prune: true, dryRun: false, force: false });
  expect(syncOptionsOf(application, options)).toEqual(["CreateNamespace=true", "Replace=true"]);
});
