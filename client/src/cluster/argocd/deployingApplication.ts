import type { DeployingApplication } from "../../../../server/src/protocol/sourceOfApplication";
import type { Application } from "./application";

/** What the language server has to know of an Application to render its sources as Argo CD does. */
export function toDeploying({ metadata, spec, status }: Application): DeployingApplication {
  const { name, namespace } = metadata;
  const home = status?.controllerNamespace;
  const isElsewhere = home !== undefined && home !== "" && namespace !== undefined && home !== namespace;
  return {
    name,
    home: namespace,
    // Argo CD tells Applications of other namespaces than its own apart by these.
    ...(isElsewhere && { instanceName: `${namespace}_${name}` }),
    project: spec?.project,
    namespace: spec?.destination?.namespace,
  };
}
