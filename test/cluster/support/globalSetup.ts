import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { getBinaries } from "./binaries";
import { admin, type Prepared, startCluster } from "./cluster";
import { installDefinitions } from "./definitions";
import { kubeconfigOf } from "./kubeconfig";

declare module "vitest" {
  export interface ProvidedContext {
    /** What the cluster of each file begins with. */
    prepared: Prepared;
  }
}

/**
 * Before the first test: the programs are found or built, and a cluster is given the kinds of Argo CD and Tekton. Each file of tests begins with a
 * copy of what its etcd holds, so that no file sees, or breaks, what another has made.
 */
export default async function setUp({ provide }: TestProject): Promise<() => void> {
  const binaries = await getBinaries();
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-prepared-"));
  const cluster = await startCluster({ binaries, folder });
  try {
    await installDefinitions(kubeconfigOf(cluster, admin));
  } finally {
    await cluster.stop();
  }
  provide("prepared", { binaries, folder });
  return () => rmSync(folder, { recursive: true, force: true });
}
