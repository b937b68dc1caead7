import { window } from "vscode";
import type { Right } from "../cluster/accessReview";
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
  await withProgress(title, (signal) => createObject(cluster.connection, type, object, { signal }));
  const where = namespace === undefined ? "" : ` in the namespace '${namespace}'`;
  void window.showInformationMessage(`${object.kind} '${name}' was created${where} of ${cluster.context.name}.`);
}
