import { pathOf } from "../kubeObject";
import type { OpenCluster } from "../openClusters";
import { orAbsent } from "../orAbsent";
import type { Application } from "./application";
import { type AppProject, appProjects, projectPlace } from "./projects";

/** Reads the project of an Application, for who may not watch all of them; nothing when it may not be read either, or is nowhere. */
export async function loadProject(
  { connection, controlPlanes }: Pick<OpenCluster, "connection" | "controlPlanes">,
  application: Application,
  signal: AbortSignal,
): Promise<AppProject | undefined> {
  const { namespace, name } = projectPlace(application, controlPlanes);
  const path = pathOf(appProjects, namespace, name);
  return await orAbsent(() => connection.get<AppProject>({ path, signal }));
}
