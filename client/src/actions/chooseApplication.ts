import { type QuickPickItem, window } from "vscode";
import { naturalOrder } from "../../../server/src/protocol/naturalOrder";
import type { Application } from "../cluster/argocd/application";
import { stateWords } from "../cluster/argocd/applicationState";
import type { OpenCluster, OpenClusters } from "../cluster/openClusters";

/** An Application, and the cluster in which it is. */
export interface Target {
  readonly cluster: OpenCluster;
  readonly application: Application;
}

/**
 * The Application that a command is about: that of the row on which it was called, or else one that the person picks. Nothing when the person
 * changes their mind. Throws, for the person, when it is gone or there is none.
 */
export async function chooseApplication(clusters: OpenClusters, argument: unknown): Promise<Target | undefined> {
  const row = argument as { readonly type?: unknown; readonly cluster?: unknown; readonly key?: unknown } | undefined;
  if (row?.type === "application" && typeof row.cluster === "string" && typeof row.key === "string") {
    const cluster = clusters.find(row.cluster);
    const application = cluster?.applications.get(row.key);
    if (cluster === undefined || application === undefined) throw new Error(`'${row.key}' is not there any more.`);
    return { cluster, application };
  }
  const items = clusters.all.flatMap((cluster) =>
    [...cluster.applications.values()].map((application): QuickPickItem & { readonly target: Target } => {
      const { name, namespace } = application.metadata;
      const place = `${namespace} · ${cluster.context.name}`;
      return {
        label: name,
        description: place,
        detail: stateWords(application).join(" · "),
        target: { cluster, application },
      };
    }),
  );
  items.sort((a, b) => naturalOrder(a.label, b.label) || naturalOrder(a.description ?? "", b.description ?? ""));
  if (items.length === 0) {
    throw new Error(
      clusters.all.length === 0
        ? "No context is open. Open one in the Clusters view of GitOps Author first."
        : "No Application was found in the contexts that are open. The Clusters view of GitOps Author says why, or opens another.",
    );
  }
  const options = { placeHolder: "Choose an Application", matchOnDescription: true };
  return (await window.showQuickPick(items, options))?.target;
}
