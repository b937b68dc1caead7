import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import {
  type Application,
  applicationPath,
  isBusy,
  type Operation,
  type SyncRequest,
  sourcesOf,
  syncsItself,
} from "./application";
import { autoSyncPatch } from "./autoSync";

/** Who asks, as the history of Argo CD shows it. */
export interface Asked {
  readonly by: string;
  readonly signal?: AbortSignal | undefined;
}

/** What one may choose for a sync. What is left out is as the Application says. */
export interface SyncOptions {
  /** A branch, tag or commit; what the Application follows when absent. */
  readonly revision?: string | undefined;
  readonly prune?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly force?: boolean | undefined;
  /** Beside those of the Application, for example `ServerSideApply=true`. */
  readonly syncOptions?: readonly string[] | undefined;
  /** Options of the Application that do not count this time, for example `Replace=true`. */
  readonly withoutOptions?: readonly string[] | undefined;
  /** Only these; hooks do not run then. */
  readonly resources?: SyncRequest["resources"];
}

const mergePatch = "application/merge-patch+json";
const jsonPatch = "application/json-patch+json";

/** Asks Argo CD to compare with Git now; `hard` makes it forget the manifests that it rendered before. */
export async function refresh(
  connection: Connection,
  application: Application,
  kind: "normal" | "hard",
  { signal }: Pick<Asked, "signal"> = {},
): Promise<Application> {
  const body = { metadata: { annotations: { "argocd.argoproj.io/refresh": kind } } };
  return await patch(connection, application, { contentType: mergePatch, body, signal });
}

/**
 * Asks Argo CD for a sync. An operation that we write inherits nothing from the Application, so its sources, options and retries are copied,
 * as Argo CD's own server does. Throws a `conflict` when one is under way or the Application changed since it was read.
 */
export async function sync(
  connection: Connection,
  application: Application,
  chosen: SyncOptions,
  asked: Asked,
): Promise<Application> {
  const { revision, prune, dryRun, force, resources } = chosen;
  const { spec, metadata } = application;
  refuseDeleted(metadata);
  const options = syncOptionsOf(application, chosen);
  const request: SyncRequest = {
    ...(revision !== undefined && { revision }),
    ...(prune === true && { prune }),
    ...(dryRun === true && { dryRun }),
    ...(spec?.sources?.length ? { sources: spec.sources } : { source: spec?.source }),
    ...(options.length > 0 && { syncOptions: options }),
    ...(resources !== undefined && { resources }),
    syncStrategy: { hook: force === true ? { force } : {} },
  };
  const retry = spec?.syncPolicy?.retry;
  return await start(connection, application, { sync: request, ...(retry !== undefined && { retry }) }, asked);
}

/** Argo CD's own server refuses every operation then; its controller would run one all the same. */
function refuseDeleted({ name, deletionTimestamp }: Application["metadata"]): void {
  if (deletionTimestamp === undefined) return;
  throw new ApiError("refused", `'${name}' is being deleted. Argo CD syncs nothing then.`);
}

/** The options that hold for a sync: those of the Application, changed as someone chose. */
export function syncOptionsOf(
  { spec }: Application,
  { syncOptions = [], withoutOptions = [] }: Pick<SyncOptions, "syncOptions" | "withoutOptions">,
): readonly string[] {
  const own = (spec?.syncPolicy?.syncOptions ?? []).filter((each) => !withoutOptions.includes(each));
  const kept = own.filter((each) => !syncOptions.some((other) => nameOf(other) === nameOf(each)));
  return [...kept, ...syncOptions];
}

/**
 * Asks Argo CD to deploy again what an entry of its history says. An Application that syncs itself would take that back at once: `pauseAutoSync`
 * ends that in the same write; without it this throws `refused`.
 */
export async function rollBack(
  connection: Connection,
  application: Application,
  id: number,
  { pauseAutoSync = false, ...asked }: Asked & { readonly pauseAutoSync?: boolean | undefined },
): Promise<Application> {
  const { name } = application.metadata;
  refuseDeleted(application.metadata);
  const entry = application.status?.history?.find((each) => each.id === id);
  if (entry === undefined) throw new ApiError("notFound", `The history of '${name}' has no entry ${id} any more.`);
  if (sourcesOf(entry).every(({ repoURL }) => !repoURL)) {
    const words = `The entry ${id} does not say where it came from, so Argo CD would deploy another state. Sync to its revision instead.`;
    throw new ApiError("refused", words);
  }
  const pauses = syncsItself(application);
  if (pauses && !pauseAutoSync) {
    throw new ApiError("refused", `'${name}' syncs itself and would undo the rollback. Pause auto-sync first.`);
  }
  const { revision, revisions, source, sources } = entry;
  const syncOptions = application.spec?.syncPolicy?.syncOptions;
  const request: SyncRequest = { revision, revisions, source, sources, syncOptions, syncStrategy: { apply: {} } };
  return await start(connection, application, { sync: request }, { ...asked, pauses });
}

/**
 * Ends the operation that the person sees: asks Argo CD to, or takes it back when Argo CD has not begun. Throws a `conflict` when there is none,
 * or it is not the one that is under way any more.
 */
export async function terminate(
  connection: Connection,
  application: Application,
  { signal }: Pick<Asked, "signal"> = {},
): Promise<Application> {
  const { metadata, operation, status } = application;
  if (operation === undefined) throw new ApiError("conflict", `Nothing is under way for '${metadata.name}'.`);
  const { phase, startedAt } = status?.operationState ?? {};
  if (phase === "Terminating") {
    throw new ApiError("conflict", `Argo CD is ending the operation of '${metadata.name}' already.`);
  }
  // Its messages change while it runs, and the version of the Application with them; when it began does not.
  const body =
    phase === "Running"
      ? [
          { op: "test", path: "/metadata/uid", value: metadata.uid },
          { op: "test", path: "/status/operationState/phase", value: phase },
          ...(startedAt === undefined
            ? []
            : [{ op: "test", path: "/status/operationState/startedAt", value: startedAt }]),
          { op: "replace", path: "/status/operationState/phase", value: "Terminating" },
        ]
      : [
          { op: "test", path: "/metadata/resourceVersion", value: metadata.resourceVersion },
          { op: "remove", path: "/operation" },
        ];
  try {
    return await patch(connection, application, { contentType: jsonPatch, body, signal });
  } catch (error) {
    // The API server says 422 when a test fails.
    if (!(error instanceof ApiError) || error.details.status !== 422) throw error;
    throw new ApiError(
      "conflict",
      `The operation of '${metadata.name}' went on in the meantime. Look at it and try again.`,
    );
  }
}

/** Lets Argo CD sync by itself, or not any more. Touches nothing but `spec.syncPolicy.automated`. */
export async function setAutoSync(
  connection: Connection,
  application: Application,
  enabled: boolean,
  { signal }: Pick<Asked, "signal"> = {},
): Promise<Application> {
  const body = autoSyncPatch(application, enabled);
  try {
    const now = await patch(connection, application, { contentType: mergePatch, body, signal, isStrict: true });
    if (syncsItself(now) === enabled) return now;
  } catch (error) {
    throw isOldVersion(error) ? new ApiError("refused", cannotPause) : error;
  }
  throw new ApiError(
    "conflict",
    `Somebody else changed auto-sync of '${application.metadata.name}' in the meantime. Look at it and try again.`,
  );
}

/**
 * Argo CD before 3.1 does not know `enabled`: its API server would drop the field and say that all is well, so that who paused goes on being
 * synced. Asked to be strict it refuses the whole write.
 */
function isOldVersion(error: unknown): boolean {
  return error instanceof ApiError && error.message.includes('unknown field "spec.syncPolicy.automated.enabled"');
}

/** Why auto-sync is not paused, and what to do instead. */
export const cannotPause =
  "This Argo CD is older than 3.1 and cannot pause auto-sync. Take 'automated' out of the syncPolicy of the Application's file instead.";

/** How often an Application may change under us; its controller writes its status all the time. */
const tries = 5;

/** Only when nothing is under way, and the Application still says what the person saw. */
async function start(
  connection: Connection,
  application: Application,
  operation: Operation,
  { by, signal, pauses = false }: Asked & { readonly pauses?: boolean },
): Promise<Application> {
  const { name } = application.metadata;
  const seen = JSON.stringify(application.spec);
  let current = application;
  for (let i = 0; i < tries; i++) {
    if (isBusy(current)) throw new ApiError("conflict", `An operation of '${name}' is under way.`);
    if (JSON.stringify(current.spec) !== seen) break;
    const body = [
      { op: "test", path: "/metadata/resourceVersion", value: current.metadata.resourceVersion },
      ...(pauses ? [{ op: "add", path: "/spec/syncPolicy/automated/enabled", value: false }] : []),
      { op: "add", path: "/operation", value: { ...operation, initiatedBy: { username: by } } },
    ];
    try {
      return await patch(connection, current, { contentType: jsonPatch, body, signal, isStrict: pauses });
    } catch (error) {
      if (isOldVersion(error)) throw new ApiError("refused", cannotPause);
      // The API server says 422 when a test fails.
      if (!(error instanceof ApiError) || error.details.status !== 422) throw error;
      current = await connection.get<Application>({ path: applicationPath(application), signal });
    }
  }
  throw new ApiError("conflict", `'${name}' changed in the meantime. Look at it and try again.`);
}

interface Change {
  readonly contentType: typeof mergePatch | typeof jsonPatch;
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
  /** The API server refuses fields that it does not know, instead of dropping them. */
  readonly isStrict?: boolean;
}

async function patch(
  connection: Connection,
  application: Application,
  { isStrict = false, ...change }: Change,
): Promise<Application> {
  const query = { fieldValidation: isStrict ? "Strict" : undefined };
  try {
    return await connection.get({ method: "PATCH", path: applicationPath(application), query, ...change });
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== "notFound") throw error;
    const words = `'${application.metadata.name}' was deleted in the meantime. Nothing was done.`;
    throw new ApiError("notFound", words, error.details);
  }
}

/** `Prune` of `Prune=false`. */
function nameOf(option: string): string {
  return option.split("=")[0] ?? option;
}
