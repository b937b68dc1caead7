import { expect, test } from "vitest";
import { childKindsOf } from "../../../client/src/cluster/childKinds";
import { ownedBy, trimOwned } from "../../../client/src/cluster/ownedObjects";

test.each([
  ["apps", "Deployment", "ReplicaSet"],
  ["batch", "CronJob", "Job"],
  ["argoproj.io", "Rollout", "ReplicaSet AnalysisRun"],
  ["tekton.dev", "PipelineRun", "TaskRun"],
  ["", "ConfigMap", ""],
  ["rbac.authorization.k8s.io", "Role", ""],
  ["route.openshift.io", "Route", ""],
  ["argoproj.io", "Application", ""],
  ["postgres-operator.crunchydata.com", "PostgresCluster", "Deployment StatefulSet DaemonSet Job Pod"],
])("%s/%s may own %s", (group, kind, kinds) => {
  expect(
    childKindsOf(group, kind)
      .map((each) => each.kind)
      .join(" "),
  ).toBe(kinds);
});

test("objects belong to whom they name: by uid where it is known, else by group, kind and name; the newest come first", () => {
  const of = (name: string, uid: string, creationTimestamp = "") => {
    const ownerReferences = [{ apiVersion: "apps/v1", kind: "Deployment", name: "web", uid }];
    return { metadata: { name, creationTimestamp, ownerReferences }, spec: { replicas: 1, template: {} } };
  };
  const atOnce = ["web-10", "web-9"].map((name) => of(name, "3", "2026-01-03"));
  const objects = [of("a", "1", "2026-01-01"), of("b", "2", "2026-01-02"), ...atOnce, { metadata: { name: "c" } }];
  const names = (owner: Parameters<typeof ownedBy>[0]) => ownedBy(owner, objects).map(({ metadata }) => metadata.name);
  expect(names({ group: "apps", kind: "Deployment", name: "web" })).toEqual(["web-9", "web-10", "b", "a"]);
  expect(names({ group: "apps", kind: "Deployment", name: "web", uid: "1" })).toEqual(["a"]);
  expect(names({ group: "extensions", kind: "Deployment", name: "web" })).toEqual([]);
  expect(trimOwned(of("a", "1")).spec).toEqual({ replicas: 1 });
});
