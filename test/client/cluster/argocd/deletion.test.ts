import { describe, expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { finalizersFor, planDeletion, recreatorOf } from "../../../../client/src/cluster/argocd/deletion";
import { markKey } from "../../../../client/src/cluster/argocd/liveMarks";

const plain = "resources-finalizer.argocd.argoproj.io";
const foreground = `${plain}/foreground`;
const background = `${plain}/background`;

function withFinalizers(...finalizers: readonly string[]): Application {
  return { metadata: { name: "book-dev", namespace: "argocd", finalizers } };
}

describe("the finalizers of a deletion", () => {
  test.each([
    ["foreground", [], [foreground]],
    ["background", [], [background]],
    ["none", [], []],
    ["foreground", ["other"], ["other", foreground]],
    ["none", ["other", plain, background], ["other"]],
    ["background", [background], [background]],
  ] as const)("%s with %j", (cascade, before, after) => {
    expect(finalizersFor(withFinalizers(...before), cascade)).toEqual(after);
  });

  test("put the choice before others of Argo CD, since its controller looks at the first", () => {
    expect(finalizersFor(withFinalizers("other", plain), "background")).toEqual(["other", background, plain]);
    expect(finalizersFor(withFinalizers(plain, "other", background), "background")).toEqual([
      background,
      plain,
      "other",
    ]);
  });
});

describe("the plan of a deletion", () => {
  const child = { group: "argoproj.io", kind: "Application", namespace: "argocd", name: "child" };
  const definition = { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition", name: "books.example.com" };
  const service = { kind: "Service", namespace: "book-dev", name: "web", requiresDeletionConfirmation: true };
  const hook = { group: "batch", kind: "Job", namespace: "book-dev", name: "migrate", hook: true };
  const itself = { group: "argoproj.io", kind: "Application", namespace: "argocd", name: "book-dev" };
  const application: Application = {
    metadata: { name: "book-dev", namespace: "argocd" },
    status: { resources: [child, definition, service, hook, itself] },
  };

  test("leaves definitions, hooks and the Application itself out, and says what waits for a confirmation", () => {
    expect(planDeletion(application, new Map())).toEqual({
      deleted: [child, service],
      kept: [definition, itself],
      cascading: [],
      waiting: [service],
      isUnsure: true,
    });
  });

  test("finds the Applications that take their own objects along", () => {
    const known = (...finalizers: readonly string[]): ReadonlyMap<string, Application> =>
      new Map([["argocd/child", { metadata: { name: "child", namespace: "argocd", finalizers } }]]);
    expect(planDeletion(application, known(foreground)).cascading).toEqual([child]);
    expect(planDeletion(application, known()).cascading).toEqual([]);
  });

  test("is empty where the Application says Delete=false", () => {
    const spec = { syncPolicy: { syncOptions: ["Delete=false"] } };
    expect(planDeletion({ ...application, spec }, new Map()).deleted).toEqual([]);
  });

  test("keeps what says so itself, and goes by the word of an object before that of the Application", () => {
    const says = (annotations: Readonly<Record<string, string>>) => new Map([[markKey(service), annotations]]);
    const option = (value: string) => says({ "argocd.argoproj.io/sync-options": value });
    const spec = { syncPolicy: { syncOptions: ["Delete=false"] } };
    const isKept = (of: Application, marks: ReturnType<typeof says>): boolean =>
      planDeletion(of, new Map(), marks).kept.includes(service);
    expect(isKept(application, option("Prune=false"))).toBe(false);
    expect(isKept(application, option("Prune=false, Delete=false"))).toBe(true);
    expect(isKept(application, says({ "helm.sh/resource-policy": "keep" }))).toBe(true);
    expect(isKept({ ...application, spec }, option("Delete=true"))).toBe(false);
    const all = new Map([child, service].map((each) => [markKey(each), {}]));
    expect(planDeletion(application, new Map(), all).isUnsure).toBe(false);
  });
});

describe("who makes a deleted Application again", () => {
  test("is the ApplicationSet that owns it, or the Application that deploys it", () => {
    const ownerReferences = [{ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", name: "books", uid: "1" }];
    const annotations = { "argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/book-dev" };
    expect(recreatorOf({ metadata: { name: "a", ownerReferences, annotations } })).toBe("the ApplicationSet 'books'");
    expect(recreatorOf({ metadata: { name: "a", annotations } })).toBe("the Application 'root'");
    expect(recreatorOf({ metadata: { name: "a" } })).toBeUndefined();
  });
});
