import { applicationWords, isError } from "../../../../server/src/protocol/applicationWords";
import { describeTime } from "../describeTime";
import { type Application, type Initiator, isBusy, sourcesOf, syncsItself } from "./application";

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

/** The state of an Application in words, what is wrong first. */
export function stateWords(application: Application): readonly string[] {
  return applicationWords({ ...stateOf(application), conditions: application.status?.conditions });
}

/** Conditions, those that keep Argo CD from its work above its warnings. */
export function errorsFirst<T extends { readonly type: string }>(conditions: readonly T[]): readonly T[] {
  return [...conditions].sort((a, b) => Number(isError(b.type)) - Number(isError(a.type)));
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
  const { revision, revisions = revision ? [revision] : [] } = status?.sync ?? {};
  return [
    `${metadata.namespace ?? ""}/${metadata.name}`,
    `Project: ${spec?.project || "default"}`,
    `Sync: ${sync}${revisions.length > 0 ? ` (${revisions.map(shortRevision).join(", ")})` : ""}`,
    `Health: ${health}${status?.health?.message ? `: ${status.health.message}` : ""}`,
    `Auto-sync: ${describeAutoSync(application)}`,
    ...sourcesOf(spec).map((source) => {
      const what = source.chart ?? source.path ?? "";
      return `Source: ${[source.repoURL, what, source.targetRevision || "HEAD"].filter(Boolean).join(" · ")}`;
    }),
    `Destination: ${[name || server, namespace].filter(Boolean).join(" · ")}`,
    ...describeOperation(application),
    ...errorsFirst(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
  ];
}

/** The beginning of a commit; versions of charts and names of tags as they are. */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 12) : revision;
}

/** For example `on, prunes, heals itself`; `paused` when someone turned it off and kept its options. */
export function describeAutoSync(application: Application): string {
  const automated = application.spec?.syncPolicy?.automated;
  if (!syncsItself(application)) return automated?.enabled === false ? "paused" : "off";
  const also = [automated?.prune === true ? "prunes" : "", automated?.selfHeal === true ? "heals itself" : ""];
  return ["on", ...also].filter(Boolean).join(", ");
}

/** The last operation, or the one under way. */
export interface OperationWords {
  /** For example `Succeeded`; empty when there was none. */
  readonly phase: string;
  /** When it ended or else began, by whom it was asked for, and its message. */
  readonly details: readonly string[];
  /** What failed, a sentence for each object. */
  readonly failures: readonly string[];
}

/** What there is to say of the last operation of an Application. */
export function operationWords({ operation, status }: Application): OperationWords {
  const state = status?.operationState;
  if (operation !== undefined && (state?.phase === undefined || state.finishedAt !== undefined)) {
    return {
      phase: "waits for Argo CD",
      details: [describeInitiator(operation.initiatedBy)].filter(Boolean),
      failures: [],
    };
  }
  const when = state?.finishedAt ?? state?.startedAt;
  const details = [
    when ? describeTime(when) : "",
    describeInitiator(state?.operation?.initiatedBy),
    state?.message ?? "",
  ];
  const failures = (state?.syncResult?.resources ?? []).map(({ kind, name, message }) => {
    return `${kind} ${name}: ${message || "failed"}`;
  });
  return { phase: state?.phase ?? "", details: details.filter(Boolean), failures };
}

/** `by ada`, `automatic`, or nothing when nobody is named. */
export function describeInitiator(initiator: Initiator | undefined): string {
  if (initiator?.automated === true) return "automatic";
  return initiator?.username ? `by ${initiator.username}` : "";
}

function describeOperation(application: Application): readonly string[] {
  const { phase, details, failures } = operationWords(application);
  if (phase === "") return [];
  return [`Last operation: ${[phase, ...details].join(" · ")}`, ...failures.map((each) => `  ${each}`)];
}

/** Everything that the filter looks at, in lower case: also labels (`team=shop`), and types of conditions (`comparisonerror`). */
export function searchTextOf(application: Application): string {
  const { metadata, spec, status } = application;
  const { sync, health, activity } = stateOf(application);
  const { server, name, namespace } = spec?.destination ?? {};
  const texts = sourcesOf(spec).flatMap(({ repoURL, path, chart }) => [repoURL, path, chart]);
  const key = `${metadata.namespace ?? ""}/${metadata.name}`;
  const labels = Object.entries(metadata.labels ?? {}).map(([label, value]) => `${label}=${value}`);
  const conditions = (status?.conditions ?? []).map(({ type }) => type);
  const found = [
    key,
    spec?.project,
    sync,
    health,
    activity,
    server,
    name,
    namespace,
    ...texts,
    ...labels,
    ...conditions,
  ];
  return found.join(" ").toLowerCase();
}
