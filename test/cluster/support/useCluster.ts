import { afterAll, beforeAll } from "vitest";
import { getBinaries } from "./binaries";
import { admin, type Cluster, type Identity, startCluster } from "./cluster";
import { installDefinitions } from "./definitions";
import { kubeconfigOf } from "./kubeconfig";

/** A cluster for the tests of one file, with the kinds of Argo CD and Tekton; ask it inside of tests only. */
export function useCluster(identities: readonly Identity[] = []): () => Cluster {
  let cluster: Cluster | undefined;
  // The first run on a machine builds the programs.
  const patience = 45 * 60_000;
  beforeAll(async () => {
    cluster = await startCluster(await getBinaries(), identities);
    await installDefinitions(kubeconfigOf(cluster, admin));
  }, patience);
  afterAll(async () => await cluster?.stop());
  return () => {
    if (cluster === undefined) throw new Error("The cluster is not there yet.");
    return cluster;
  };
}
