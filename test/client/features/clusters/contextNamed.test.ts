import { expect, test } from "vitest";
import type { ClusterContext } from "../../../../client/src/cluster/kubeconfig";
import { contextNamed } from "../../../../client/src/features/clusters/contextNamed";

const dev = { name: "dev" } as ClusterContext;

test("a context that has gone is told as such, and where one is looked for when there is none at all", () => {
  expect(contextNamed([dev], "dev")).toBe(dev);
  expect(() => contextNamed([dev], "stage")).toThrow("No kubeconfig names the context 'stage' (any more).");
  expect(() => contextNamed([], "stage")).toThrow(/neither the files of the variable KUBECONFIG nor ~\/\.kube\/config/);
});
