import { window } from "vscode";
import type { OpenCluster, OpenClusters } from "../cluster/openClusters";

/**
 * One of the contexts that are open; the person picks when there are several. Nothing when they change their mind. Throws, for the person, when
 * none is open: no cluster is contacted unasked.
 */
export async function chooseCluster(clusters: OpenClusters, title: string): Promise<OpenCluster | undefined> {
  const { all } = clusters;
  const [only] = all;
  if (only === undefined) throw new Error("No context is open. Open one in the Clusters view of GitOps Author first.");
  if (all.length === 1) return only;
  const items = all.map((cluster) => {
    const { name, server, user } = cluster.context;
    return { label: `$(server) ${name}`, description: `${user} · ${server}`, cluster };
  });
  return (await window.showQuickPick(items, { title, placeHolder: "Which context?" }))?.cluster;
}
