import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { admin, type Cluster, etcdFolder, type Identity, startCluster } from "./cluster";
import { untilDefinedIsServed } from "./definitions";
import { kubeconfigOf } from "./kubeconfig";

/**
 * A cluster for the tests of one file, with the kinds of Argo CD and Tekton; ask it inside of tests only. Its API server is started with what `more`
 * gives then.
 */
export function useCluster(
  identities: readonly Identity[] = [],
  more: () => readonly string[] | Promise<readonly string[]> = () => [],
): () => Cluster {
  let cluster: Cluster | undefined;
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-cluster-"));
  beforeAll(async () => {
    const { binaries, folder: prepared } = inject("prepared");
    cpSync(etcdFolder(prepared), etcdFolder(folder), { recursive: true });
    cluster = await startCluster({ binaries, folder, identities, more: await more() });
    await untilDefinedIsServed(kubeconfigOf(cluster, admin));
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (cluster === undefined) throw new Error("The cluster is not there yet.");
    return cluster;
  };
}
