import { expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { describeFile } from "../../../../client/src/features/rollBack/revertWords";
import { nameOfEntry, waysBack } from "../../../../client/src/features/rollBack/rollBackWords";

function application(automated?: object, metadata: object = {}): Application {
  return { metadata: { name: "book", ...metadata }, spec: { syncPolicy: { automated } } };
}

test("says what auto-sync does about a rollback, and who may take the pause back", () => {
  const [now] = waysBack(application());
  expect(now).toMatchObject({ label: "Roll back now", detail: expect.stringContaining("OutOfSync until Git") });
  const [paused, revert] = waysBack(application({ selfHeal: true }));
  expect(paused?.label).toBe("Pause auto-sync and roll back");
  expect(paused?.detail).toContain("would undo it at once");
  expect(paused?.hint).toBe("Auto-sync would undo it at once. Git stays as it is.");
  expect(revert?.hint).toContain("Argo CD deploys them");
  const owner = { apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", name: "books", uid: "1" };
  expect(waysBack(application({}, { ownerReferences: [owner] }))[0]?.detail).toContain(
    "The ApplicationSet 'books' makes this Application and may",
  );
  const annotations = { "argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/book" };
  expect(waysBack(application({}, { annotations }))[0]?.detail).toContain(
    "The Application 'root' makes this Application and may",
  );
  expect(waysBack(application({ enabled: false }))[0]?.label).toBe("Roll back now");
});

test("says of a file what a revert does, and for whom else", () => {
  const file = { uri: "file:///a", label: "base/a.yaml", change: "changed" as const, text: "", sharedWith: ["prod"] };
  expect(describeFile(file)).toEqual({
    label: "base/a.yaml",
    description: "becomes what it was",
    detail: "prod would change too",
  });
});

test("names an entry by its commits, cut short, and by versions of charts as they are", () => {
  const revisions = ["1f3870be274f6c49b3e31a0c6728957f1f3870be", "1.10.0-rc.1+build.7"];
  expect(nameOfEntry({ id: 4, revisions })).toBe("4: 1f3870be274f, 1.10.0-rc.1+build.7");
  expect(nameOfEntry({ id: 5, revision: "2.0.0-beta.12+linux" })).toBe("5: 2.0.0-beta.12+linux");
});
