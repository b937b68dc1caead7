import type { DeployingApplication } from "../../../../server/src/protocol/sourceOfApplication";
import type { Application } from "./application";
import { type ControlPlane, controlNamespaceOf } from "./instances";

/**
 * What the language server has to know of an Application to render its sources as Argo CD does; `controlPlanes` are those of its cluster,
 * `configuration` is what its Argo CD says (see `loadComparisonSettings`).
 */
export function toDeploying(
  application: Application,
  controlPlanes: readonly ControlPlane[] = [],
  configuration: Readonly<Record<string, string>> = {},
): DeployingApplication & { readonly instanceName: string } {
  const { metadata, spec } = application;
  const { name, namespace } = metadata;
  const home = controlNamespaceOf(application, controlPlanes);
  const buildOptions = configuration["kustomize.buildOptions"];
  const isElsewhere = home !== undefined && namespace !== undefined && home !== namespace;
  return {
    name,
    home: namespace,
    // Argo CD tells Applications of other namespaces than its own apart by these.
    instanceName: isElsewhere ? `${namespace}_${name}` : name,
    project: spec?.project,
    namespace: spec?.destination?.namespace,
    ...(buildOptions !== undefined && { buildOptions }),
  };
}
