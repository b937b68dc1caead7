import type { SyncWindow, SyncWindowsVerdict } from "../../../../server/src/protocol/syncWindows";
import type { OpenCluster } from "../openClusters";
import type { Application } from "./application";
import { loadProject } from "./loadProject";
import { projectOf } from "./projects";

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
  home: Pick<OpenCluster, "connection" | "controlPlanes">,
  application: Application,
  signal: AbortSignal,
): Promise<readonly SyncWindow[] | undefined> {
  const project = await loadProject(home, application, signal);
  return project && (project.spec?.syncWindows ?? []);
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
