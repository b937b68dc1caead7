import { describe, expect, test } from "vitest";
import { exportManifest } from "../../../../client/src/cluster/argocd/exportManifest";
import { writeDocument } from "../../../../server/src/yaml/writeDocument";

const plain = "resources-finalizer.argocd.argoproj.io";

describe("an exported Application", () => {
  test("holds what people wrote, in the order in which they write it, and nothing that a cluster added", () => {
    const application = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: {
        annotations: {
          "argocd.argoproj.io/refresh": "hard",
          "kubectl.kubernetes.io/last-applied-configuration": "{}",
          "argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/book-dev",
          "argocd.argoproj.io/sync-wave": "2",
        },
        creationTimestamp: "2026-01-01T00:00:00Z",
        finalizers: [plain, "post-delete-finalizer.argocd.argoproj.io/cleanup"],
        generation: 7,
        labels: { team: "shop" },
        managedFields: [{ manager: "argocd" }],
        name: "book-dev",
        namespace: "argocd",
        ownerReferences: [{ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", name: "books", uid: "2" }],
        resourceVersion: "9",
        uid: "1",
      },
      operation: { sync: {} },
      spec: {
        destination: { namespace: "book-dev", server: "https://kubernetes.default.svc" },
        project: "default",
        source: { path: "config/overlays/dev", repoURL: "https://example.com/a.git", targetRevision: "main" },
        syncPolicy: { automated: {} },
      },
      status: { health: { status: "Healthy" } },
    };
    const { object, notes } = exportManifest(application);
    expect(writeDocument(object)).toBe(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: book-dev
  namespace: argocd
  labels:
    team: shop
  annotations:
    argocd.argoproj.io/sync-wave: '2'
  finalizers:
  - ${plain}
spec:
  project: default
  source:
    repoURL: https://example.com/a.git
    targetRevision: main
    path: config/overlays/dev
  destination:
    namespace: book-dev
    server: https://kubernetes.default.svc
  syncPolicy:
    automated: {}
`);
    expect(notes).toEqual([
      "The ApplicationSet 'books' owns this Application and may change or delete it.",
      "The Application 'root' deploys this one from Git already.",
    ]);
  });

  test("has no empty parts, and can lack anything", () => {
    const annotations = { "argocd.argoproj.io/refresh": "normal" };
    const { object } = exportManifest({ metadata: { name: "a", annotations, labels: {}, finalizers: ["orphan"] } });
    expect(object).toEqual({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "a" } });
  });

  test("keeps keys that only look special", () => {
    const spec = JSON.parse('{"source": {"helm": {"valuesObject": {"__proto__": {"a": 1}}}}}') as unknown;
    const { object } = exportManifest({ metadata: { name: "a" }, spec });
    expect(writeDocument(object)).toContain("        __proto__:\n          a: 1\n");
  });
});
