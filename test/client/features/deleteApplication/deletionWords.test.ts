import { expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { planDeletion } from "../../../../client/src/cluster/argocd/deletion";
import { markKey } from "../../../../client/src/cluster/argocd/liveMarks";
import { describeDeletion } from "../../../../client/src/features/deleteApplication/deletionWords";

function application(count: number, annotations: Readonly<Record<string, string>> = {}): Application {
  const resources = Array.from({ length: count }, (_, i) => ({ kind: "ConfigMap", namespace: "book", name: `c${i}` }));
  return { metadata: { name: "book-dev", namespace: "argocd", annotations }, status: { resources } };
}

test("a deletion that cascades names the first objects and counts the rest", () => {
  const many = application(14);
  const { question, detail } = describeDeletion(many, "foreground", planDeletion(many, new Map()));
  expect(question).toBe("Delete 'book-dev' and 14 objects?");
  expect(detail.split("\n").slice(0, 2)).toEqual(["Argo CD will delete:", "  ConfigMap c0 in book"]);
  expect(detail).toContain("  ConfigMap c11 in book\n  and 2 more\n");
});

test("what says itself that it stays is named; where all were looked at nothing is left to be told of the rest", () => {
  const two = application(2);
  const [first, second] = two.status?.resources ?? [];
  const marks = new Map([
    [first === undefined ? "" : markKey(first), { "argocd.argoproj.io/sync-options": "Delete=false" }],
    [second === undefined ? "" : markKey(second), {}],
  ]);
  const { question, detail } = describeDeletion(two, "foreground", planDeletion(two, new Map(), marks));
  expect(question).toBe("Delete 'book-dev' and 1 object?");
  expect(detail).toBe("Argo CD will delete:\n  ConfigMap c1 in book\nIt leaves ConfigMap 'c0'.");
  expect(describeDeletion(two, "foreground", planDeletion(two, new Map())).detail).toContain(
    "annotated with Delete=false",
  );
});

test("a deletion of the Application alone says what stays, and who will make it again", () => {
  const child = application(1, { "argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/book-dev" });
  expect(describeDeletion(child, "none", planDeletion(child, new Map()))).toEqual({
    question: "Delete only the Application 'book-dev'?",
    detail:
      "1 object stays in the cluster, looked after by nobody.\n" +
      "It will probably come back: the Application 'root' makes it. Remove it there first.",
  });
});

test("Applications that go along are said to take their own objects with them", () => {
  const child = { group: "argoproj.io", kind: "Application", namespace: "argocd", name: "child" };
  const parent: Application = { metadata: { name: "root", namespace: "argocd" }, status: { resources: [child] } };
  const finalizers = ["resources-finalizer.argocd.argoproj.io"];
  const known = new Map([["argocd/child", { metadata: { name: "child", namespace: "argocd", finalizers } }]]);
  expect(describeDeletion(parent, "background", planDeletion(parent, known)).detail).toContain(
    "Of these, Application 'child' will delete all that it deployed, too.",
  );
});
