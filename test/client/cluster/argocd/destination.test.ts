import { expect, test } from "vitest";
import type { ApplicationSpec } from "../../../../client/src/cluster/argocd/application";
import { destinationOf } from "../../../../client/src/cluster/argocd/destination";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";

function open(name: string, server: string): OpenCluster {
  return { context: { name, server } } as unknown as OpenCluster;
}

const [dev, prod] = [open("dev", "https://dev.example.com:6443"), open("prod", "https://prod.example.com/")];

test.each<[ApplicationSpec["destination"], string]>([
  [{ server: "https://kubernetes.default.svc" }, "dev"],
  [{ name: "in-cluster" }, "dev"],
  [undefined, "dev"],
  [{ server: "https://dev.example.com:6443/" }, "dev"],
  [{ server: "https://prod.example.com" }, "prod"],
  [
    { server: "https://far.example.com" },
    "It runs in https://far.example.com. Open a context of that cluster to see more.",
  ],
  [{ name: "far" }, "It runs in the cluster that its Argo CD calls 'far'; which context that is, is not known."],
])("%j is %s", (destination, expected) => {
  const found = destinationOf({ metadata: { name: "a" }, spec: { destination } }, dev, { all: [dev, prod] });
  expect(found.cluster?.context.name ?? found.problem).toBe(expected);
});
