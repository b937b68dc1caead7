import { type QuickPickItem, window } from "vscode";
import type { OpenCluster, OpenClusters } from "../cluster/openClusters";
import { isProtected } from "../cluster/protectedContexts";
import { readSettings } from "../configuration";

/** Whether objects can be read and made there: an Argo CD server knows only its own. */
export function hasKubernetes({ isServer }: Pick<OpenCluster, "isServer">): boolean {
  return isServer !== true;
}

/**
 * One of the contexts that are open; the person picks when there are several. Nothing when they change their mind. Throws, for the person, when
 * none is open: no cluster is contacted unasked.
 */
export async function chooseCluster(
  clusters: Pick<OpenClusters, "all">,
  title: string,
): Promise<OpenCluster | undefined> {
  const [first, ...others] = clusters.all.filter(hasKubernetes);
  return first !== undefined && others.length === 0 ? first : await askForCluster(clusters, title);
}

/** The same, but the person is asked even where only one is open. */
export async function askForCluster(
  clusters: Pick<OpenClusters, "all">,
  title: string,
): Promise<OpenCluster | undefined> {
  const all = clusters.all.filter(hasKubernetes);
  if (all.length === 0) throw new Error("No context is open. Open one in the Clusters view of GitOps Author first.");
  const patterns = readSettings().cluster.protected;
  const items = all.map((cluster): QuickPickItem & { readonly cluster: OpenCluster } => {
    const { name, server, user } = cluster.context;
    const isGuarded = isProtected(name, patterns);
    const words = [isGuarded ? "protected" : "", user, server].filter(Boolean).join(" · ");
    return { label: `$(${isGuarded ? "shield" : "server"}) ${name}`, description: words, cluster };
  });
  const options = { title, placeHolder: "Which context?", matchOnDescription: true };
  return (await window.showQuickPick(items, options))?.cluster;
}
