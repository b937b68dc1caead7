import { CancellationError, type QuickPickItem, window } from "vscode";
import type { Right } from "../cluster/accessReview";
import { ApiError } from "../cluster/apiError";
import { createObject } from "../cluster/createObject";
import type { KubeObject, ResourceType } from "../cluster/kubeObject";
import type { OpenCluster } from "../cluster/openClusters";
import { readSettings } from "../configuration";
import { withProgress } from "../platform/progress";
import { confirmProtected, needRights } from "./permission";

/** Makes an object in a cluster, after asking for the right and, where the context is protected, for its name. Throws when it is not made. */
export async function createInCluster(cluster: OpenCluster, type: ResourceType, object: KubeObject): Promise<void> {
  const { name, namespace } = object.metadata;
  const right: Right = { verb: "create", group: type.group, resource: type.plural, namespace };
  await needRights(cluster, [right]);
  const what = `${object.kind} ${name}`;
  await confirmProtected({ cluster }, `create the ${what}`, readSettings().cluster.protected);
  const title = `Create ${what} in ${cluster.context.name}`;
  try {
    await withProgress(title, (signal) => createObject(cluster.connection, type, object, { signal }));
  } catch (error) {
    if (error instanceof ApiError && error.kind === "cancelled") throw new CancellationError();
    throw error;
  }
  const where = namespace === undefined ? "" : ` in the namespace '${namespace}'`;
  void window.showInformationMessage(`${object.kind} '${name}' was created${where} of ${cluster.context.name}.`);
}

/** Whether objects can be made there: an Argo CD server knows only its own. */
export function hasKubernetes({ isServer }: OpenCluster): boolean {
  return isServer !== true;
}

/** The open context that the person chooses; the only one when there is one. Throws when none is open. */
export async function chooseCluster(
  open: readonly OpenCluster[],
  placeHolder: string,
): Promise<OpenCluster | undefined> {
  const clusters = open.filter(hasKubernetes);
  if (clusters.length === 0)
    throw new Error("No context is open. Open one in the Clusters view of GitOps Author first.");
  if (clusters.length === 1) return clusters[0];
  const items = clusters.map((cluster): QuickPickItem & { readonly cluster: OpenCluster } => {
    return { label: cluster.context.name, description: cluster.context.server, cluster };
  });
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.cluster;
}
