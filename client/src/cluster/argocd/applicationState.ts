import { type Application, isBusy, syncsItself } from "./application";

/** How an Application is, in the words of Argo CD. */
export interface ApplicationState {
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** What else matters at a glance: `syncing…`, `last sync failed`, `being deleted`; may be empty. */
  readonly activity: string;
}

/** How an Application is. One that no controller looked at so far is unknown in every way. */
export function stateOf(application: Application): ApplicationState {
  const { metadata, status } = application;
  const phase = status?.operationState?.phase;
  const failed = phase === "Failed" || phase === "Error";
  const busy = phase === "Terminating" ? "terminating…" : isBusy(application) ? "syncing…" : "";
  return {
    sync: status?.sync?.status || "Unknown",
    health: status?.health?.status || "Unknown",
    activity: metadata.deletionTimestamp !== undefined ? "being deleted" : busy || (failed ? "last sync failed" : ""),
  };
}

/** Whether nobody has to look at it. */
export function isFine(application: Application): boolean {
  const { sync, health, activity } = stateOf(application);
  return sync === "Synced" && health === "Healthy" && activity !== "last sync failed";
}

/** All there is to say of an Application, a line each, as plain text: what a cluster says is never taken for Markdown. */
export function describeApplication(application: Application): readonly string[] {
  const { metadata, spec, status } = application;
  const { sync, health } = stateOf(application);
  const { server, name, namespace } = spec?.destination ?? {};
  const sources = spec?.sources ?? (spec?.source === undefined ? [] : [spec.source]);
  return [
    `${metadata.namespace ?? ""}/${metadata.name}`,
    `Project: ${spec?.project ?? "default"}`,
    `Sync: ${sync}${status?.sync?.revision ? ` (${status.sync.revision.slice(0, 12)})` : ""}`,
    `Health: ${health}${status?.health?.message ? `: ${status.health.message}` : ""}`,
    `Auto-sync: ${describeAutoSync(application)}`,
    ...sources.map((source) => {
      const what = source.chart ?? source.path ?? "";
      return `Source: ${[source.repoURL, what, source.targetRevision || "HEAD"].filter(Boolean).join(" · ")}`;
    }),
    `Destination: ${[name || server, namespace].filter(Boolean).join(" · ")}`,
    ...describeOperation(application),
    ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
  ];
}

function describeAutoSync(application: Application): string {
  const automated = application.spec?.syncPolicy?.automated;
  if (!syncsItself(application)) return automated?.enabled === false ? "paused" : "off";
  const also = [automated?.prune === true ? "prunes" : "", automated?.selfHeal === true ? "heals itself" : ""];
  return ["on", ...also].filter(Boolean).join(", ");
}

function describeOperation({ operation, status }: Application): readonly string[] {
  const state = status?.operationState;
  if (state?.phase === undefined) return operation === undefined ? [] : ["Operation: waits for Argo CD"];
  const when = state.finishedAt ?? state.startedAt;
  return [`Last operation: ${state.phase}${when ? ` at ${when}` : ""}${state.message ? `: ${state.message}` : ""}`];
}

/** Everything that the filter looks at, in lower case. */
export function searchTextOf(application: Application): string {
  const { metadata, spec } = application;
  const { sync, health, activity } = stateOf(application);
  const { server, name, namespace } = spec?.destination ?? {};
  const sources = [...(spec?.sources ?? []), ...(spec?.source === undefined ? [] : [spec.source])];
  const texts = sources.flatMap(({ repoURL, path, chart }) => [repoURL, path, chart]);
  const key = `${metadata.namespace ?? ""}/${metadata.name}`;
  return [key, spec?.project, sync, health, activity, server, name, namespace, ...texts].join(" ").toLowerCase();
}
