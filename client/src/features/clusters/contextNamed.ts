import type { ClusterContext } from "../../cluster/kubeconfig";

/** Where a kubeconfig is looked for, and how one gets there. */
export const noKubeconfig =
  "No kubeconfig names a context: neither the files of the variable KUBECONFIG nor ~/.kube/config. Sign in to a cluster, for example with oc login or your cloud's command, and try again.";

/** The context of this name. Throws when there is none (any more): a kubeconfig may change while a menu is open. */
export function contextNamed(contexts: readonly ClusterContext[], name: string): ClusterContext {
  const context = contexts.find((each) => each.name === name);
  if (context !== undefined) return context;
  if (contexts.length === 0) throw new Error(noKubeconfig);
  throw new Error(
    `No kubeconfig names the context '${name}' (any more). Look in the Clusters view which there are, or sign in to it again.`,
  );
}
