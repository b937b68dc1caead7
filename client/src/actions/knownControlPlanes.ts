import { type ControlPlane, withWrittenAddresses } from "../cluster/argocd/instances";
import type { OpenCluster } from "../cluster/openClusters";
import { readSettings } from "../configuration";

/** The instances of Argo CD in an open context: those that were found, with the addresses of `gitopsAuthor.argocd.addresses`. */
export function knownControlPlanes({ context, controlPlanes }: OpenCluster): readonly ControlPlane[] {
  return withWrittenAddresses(controlPlanes, context.name, readSettings().argocd.addresses);
}
