import { expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { trimApplication } from "../../../../client/src/cluster/argocd/trimApplication";

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
    controllerNamespace: "argocd",
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
      controllerNamespace: "argocd",
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

test("of an Application that its controller looked at again, only what changed is new", () => {
  const known = trimApplication(application);
  const looked = structuredClone(application);
  const { metadata, status } = looked;
  const next = {
    ...looked,
    metadata: { ...metadata, resourceVersion: "8" },
    status: { ...status, reconciledAt: "now" },
  };
  const trimmed = trimApplication(next, known);
  expect(trimmed).toEqual(trimApplication(next));
  expect(trimmed.spec).toBe(known.spec);
  for (const part of ["sync", "health", "resources", "history", "operationState", "summary"] as const) {
    expect(trimmed.status?.[part]).toBe(known.status?.[part]);
  }
});

test("a deployment more leaves the others as they are", () => {
  const known = trimApplication(application);
  const { status } = application;
  const history = [...status.history, { id: 2, source: application.spec.source }];
  const trimmed = trimApplication({ ...application, status: { ...status, history } }, known);
  expect(trimmed.status?.history).toEqual(history);
  expect(trimmed.status?.history?.[0]).toBe(known.status?.history?.[0]);
});
