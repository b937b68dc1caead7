import { expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { toLiveApplication } from "../../../../client/src/cluster/argocd/liveApplication";
import { trimApplication } from "../../../../client/src/cluster/argocd/trimApplication";

const metadata = { name: "book-dev", namespace: "argocd" };

test("what lenses and rules need is told, and nothing else", () => {
  const application: Application = {
    metadata: { ...metadata, annotations: { secret: "s3cret" } },
    spec: {
      project: "books",
      source: { repoURL: "https://example.com/book.git", path: "overlays/dev" },
      destination: { name: "in-cluster", namespace: "book-dev" },
    },
    status: {
      sync: { status: "OutOfSync", revision: "abc" },
      health: { status: "Degraded", message: "no" },
      conditions: [{ type: "ComparisonError", message: "no" }],
      resources: [{ kind: "ConfigMap", name: "a" }],
      operationState: {
        phase: "Failed",
        message: "one object",
        syncResult: {
          revision: "abc",
          resources: [
            { kind: "ConfigMap", name: "a", namespace: "book-dev", status: "Synced", message: "fine" },
            { kind: "Job", group: "batch", name: "b", hookPhase: "Failed", message: "BackoffLimitExceeded" },
          ],
        },
      },
    },
  };
  expect(toLiveApplication(trimApplication(application))).toEqual({
    ...metadata,
    project: "books",
    sync: "OutOfSync",
    health: "Degraded",
    activity: "last sync failed",
    revision: "abc",
    sources: [{ repoURL: "https://example.com/book.git", path: "overlays/dev" }],
    destination: { name: "in-cluster", namespace: "book-dev" },
    conditions: [{ type: "ComparisonError", message: "no" }],
    operation: {
      phase: "Failed",
      message: "one object",
      revision: "abc",
      failures: [{ group: "batch", kind: "Job", namespace: "", name: "b", message: "BackoffLimitExceeded" }],
    },
  });
});

test("several sources win over the one, each with its own commit", () => {
  const application: Application = {
    metadata,
    spec: { source: { repoURL: "x" }, sources: [{ repoURL: "a" }, { repoURL: "b", chart: "c" }] },
    status: { sync: { status: "Synced", revisions: ["1", "2"] } },
  };
  const { sources, revision } = toLiveApplication(application);
  expect(sources).toEqual([
    { repoURL: "a", revision: "1" },
    { repoURL: "b", chart: "c", revision: "2" },
  ]);
  expect(revision).toBe("1");
});

test("one that no controller looked at is unknown, and long words are cut", () => {
  expect(toLiveApplication({ metadata })).toMatchObject({ sync: "Unknown", health: "Unknown", sources: [] });
  const conditions = [{ type: "ComparisonError", message: "x".repeat(100_000) }];
  expect(JSON.stringify(toLiveApplication({ metadata, status: { conditions } })).length).toBeLessThan(3000);
});
