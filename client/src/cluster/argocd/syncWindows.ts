import type { SyncWindow, SyncWindowsVerdict } from "../../../../server/src/protocol/syncWindows";
import { ApiError } from "../apiError";
import { pathOf } from "../kubeObject";
import type { OpenCluster } from "../openClusters";
import type { Application } from "./application";
import { type AppProject, appProjects, projectOf } from "./projects";

/** The sync windows of an Application's project, as far as they are watched. */
export function findSyncWindows(
  { projects, controlPlanes }: Pick<OpenCluster, "projects" | "controlPlanes">,
  application: Application,
): readonly SyncWindow[] | undefined {
  const project = projects && projectOf(application, projects, controlPlanes);
  return project && (project.spec?.syncWindows ?? []);
}

/** Reads them, for who may not watch all projects; nothing when the project may not be read either, or is nowhere. */
export async function loadSyncWindows(
  { connection, controlPlanes }: Pick<OpenCluster, "connection" | "controlPlanes">,
  { metadata, spec }: Application,
  signal: AbortSignal,
): Promise<readonly SyncWindow[] | undefined> {
  const namespaces = new Set([metadata.namespace, ...controlPlanes.map(({ namespace }) => namespace)]);
  for (const namespace of namespaces) {
    try {
      const path = pathOf(appProjects, namespace, spec?.project || "default");
      return (await connection.get<AppProject>({ path, signal })).spec?.syncWindows ?? [];
    } catch (error) {
      if (!(error instanceof ApiError) || (error.kind !== "forbidden" && error.kind !== "notFound")) throw error;
    }
  }
  return undefined;
}

/** A window in words: `deny at 0 22 * * * for 1h (Europe/Berlin)`. */
function describeWindow({ kind, schedule, duration, timeZone }: SyncWindow): string {
  return `${kind} at ${schedule} for ${duration}${timeZone ? ` (${timeZone})` : ""}`;
}

/** What holds a sync back, and until when as `timeOf` writes it. Call it when the verdict is that a person's sync may not run. */
export function describeBlock(
  { metadata, spec }: Application,
  windows: readonly SyncWindow[],
  { blocking, mistake, opensAt }: SyncWindowsVerdict,
  timeOf: (milliseconds: number) => string,
): string {
  const named = blocking.flatMap((index) => windows[index] ?? []).map((each) => `'${describeWindow(each)}'`);
  const several = named.length > 1;
  const project = `project '${spec?.project || "default"}'`;
  const which = `The sync window${several ? "s" : ""} ${named.join(", ")} of the ${project}`;
  if (mistake !== undefined) {
    return `${which} cannot be read by Argo CD, which therefore holds every sync of '${metadata.name}' back. Mend the window first.`;
  }
  const until = opensAt === undefined ? "for good" : `until ${timeOf(opensAt)}`;
  return `${which} hold${several ? "" : "s"} syncs of '${metadata.name}' back ${until}.`;
}
