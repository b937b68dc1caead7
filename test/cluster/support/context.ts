import { type ClusterContext, mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";
import type { Cluster, Identity } from "./cluster";

/** The kubeconfig of `identity` for a cluster, as a file would hold it. `server` may be a proxy in front of it. */
export function kubeconfigText({ url, certificate }: Cluster, { name, token }: Identity, server = url): string {
  const data = Buffer.from(certificate).toString("base64");
  return [
    "apiVersion: v1",
    "kind: Config",
    "current-context: test",
    `clusters: [{ name: test, cluster: { server: "${server}", certificate-authority-data: ${data} } }]`,
    `users: [{ name: ${name}, user: { token: ${token} } }]`,
    `contexts: [{ name: test, context: { cluster: test, user: ${name} } }]`,
    "",
  ].join("\n");
}

/** The context of a kubeconfig in `folder` that says this of the cluster, besides its server, and of the user, in YAML. */
export function contextWith(folder: string, server: string, cluster: string, user: string): ClusterContext {
  const text = [
    `clusters: [{ name: test, cluster: { server: "${server}", ${cluster} } }]`,
    `users: [{ name: ada, user: { ${user} } }]`,
    "contexts: [{ name: test, context: { cluster: test, user: ada } }]",
  ].join("\n");
  const [context] = mergeKubeconfigs([{ path: `${folder}/config`, text }]).contexts;
  if (context === undefined) throw new Error("The kubeconfig has no context.");
  return context;
}

/** The context in which `identity` speaks to a cluster. */
export function contextOf(cluster: Cluster, identity: Identity, server?: string): ClusterContext {
  const [context] = mergeKubeconfigs([{ path: "/config", text: kubeconfigText(cluster, identity, server) }]).contexts;
  if (context === undefined) throw new Error("The kubeconfig has no context.");
  return context;
}
