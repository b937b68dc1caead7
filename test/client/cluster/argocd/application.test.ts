import { expect, test } from "vitest";
import { type Application, sourcesOf, trimApplication } from "../../../../client/src/cluster/argocd/application";

const application = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: {
    name: "book-dev",
    namespace: "argocd",
    uid: "1",
    resourceVersion: "7",
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", note: "kept" },
    managedFields: [{ manager: "argocd", fieldsV1: {} }],
  },
  spec: { project: "shop", source: { repoURL: "https://example.com/a.git", kustomize: { images: ["a:1"] } } },
  operation: { sync: { revision: "abc" } },
  status: {
    sync: { status: "Synced", revision: "abc", comparedTo: { source: {} } },
    health: { status: "Healthy" },
    resources: [{ kind: "Service", name: "web" }],
    history: [{ id: 1 }],
    operationState: { phase: "Succeeded", message: "done", operation: {}, syncResult: { resources: [] } },
    summary: { images: ["a:1"], externalURLs: ["https://example.com"] },
  },
};

test("an Application is kept without what nobody looks at, and with its whole spec", () => {
  const trimmed = trimApplication(application);
  expect(JSON.parse(JSON.stringify(trimmed))).toEqual({
    ...application,
    metadata: { name: "book-dev", namespace: "argocd", uid: "1", resourceVersion: "7", annotations: { note: "kept" } },
    status: {
      sync: { status: "Synced", revision: "abc" },
      health: { status: "Healthy" },
      resources: [{ kind: "Service", name: "web" }],
      history: [{ id: 1 }],
      operationState: { phase: "Succeeded", message: "done" },
      summary: { images: ["a:1"] },
    },
  });
});

test("an Application that no controller has seen stays without an operation and without a state", () => {
  const trimmed: Application = trimApplication({ metadata: { name: "new" } });
  expect(JSON.parse(JSON.stringify(trimmed))).toEqual({
    metadata: { name: "new", annotations: {} },
    status: { sync: {} },
  });
});

test("several sources win over the one, which Argo CD leaves empty beside them in its history", () => {
  const [one, two] = [{ path: "a" }, { path: "b" }];
  expect(sourcesOf({ source: { repoURL: "" }, sources: [one, two] })).toEqual([one, two]);
  expect(sourcesOf({ source: one, sources: [] })).toEqual([one]);
  expect(sourcesOf()).toEqual([]);
});
