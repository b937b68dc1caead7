import { describeApplication } from "../../cluster/argocd/applicationState";
import type { OpenClusters } from "../../cluster/openClusters";
import type { RememberedRights } from "../../cluster/rememberedRights";
import type { ApplicationPlace } from "./applicationModel";
import { describePermissions, describeRoles } from "./describePermissions";
import type { WindowVerdicts } from "./windowVerdicts";

export interface Describing {
  readonly clusters: OpenClusters;
  readonly verdicts: WindowVerdicts;
  readonly rights: RememberedRights;
}

/** The tooltip of an Application, a line each: how it is, what sync windows say, and what is not permitted. */
export async function describePlace(
  { cluster, key }: ApplicationPlace,
  { clusters, verdicts, rights }: Describing,
): Promise<readonly string[]> {
  const open = clusters.find(cluster);
  const application = open?.applications.get(key);
  if (open === undefined || application === undefined) return [];
  const [window, missing] = await Promise.all([
    verdicts.ask({ cluster, key }).catch(() => undefined),
    open.isServer === true
      ? describeRoles(open.argocd, application)
      : describePermissions(rights, open.connection, application),
  ]);
  const windows = window === undefined ? [] : [`Sync windows: ${window}`];
  return [...describeApplication(application), ...windows, ...missing];
}
