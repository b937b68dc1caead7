import { expect, test } from "vitest";
import { describeMissing } from "../../../client/src/cluster/accessReview";

const applications = { group: "argoproj.io", resource: "applications" };

test("a missing right is told with the kind, and with the object where it is on one", () => {
  const words = [
    describeMissing({ ...applications, verb: "patch", namespace: "openshift-gitops", name: "book-dev" }),
    describeMissing({ ...applications, verb: "list", namespace: "openshift-gitops" }),
    describeMissing({ ...applications, verb: "list" }),
    describeMissing({ verb: "get", group: "", resource: "namespaces", name: "book" }),
  ];
  expect(words).toEqual([
    "You may not patch applications.argoproj.io 'book-dev' in the namespace 'openshift-gitops'.",
    "You may not list applications.argoproj.io in the namespace 'openshift-gitops'.",
    "You may not list applications.argoproj.io in the whole cluster.",
    "You may not get namespaces 'book'.",
  ]);
});
