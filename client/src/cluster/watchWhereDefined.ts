import { ApiError } from "./apiError";
import type { ResourceType } from "./kubeObject";
import { listWatch, type WatchedObjects } from "./listWatch";
import { type WatchedWhereAllowed, type WatchWhereAllowedOptions, watchWhereAllowed } from "./watchWhereAllowed";

const definitions: ResourceType = {
  ...{ group: "apiextensions.k8s.io", version: "v1" },
  ...{ plural: "customresourcedefinitions", namespaced: false },
};

/**
 * How often a kind is looked for that is defined, and not served all the same: an API server needs a moment, and may serve other versions only. After
 * that its definition has to change first.
 */
const mostTries = 4;

/** The pause before the first look after a definition came, in milliseconds; each further one is twice as long. */
const shortestPause = 1_000;

/**
 * Follows the objects of a custom kind as `watchWhereAllowed` does, also where the cluster does not know the kind yet, or any more: then its definition
 * (CustomResourceDefinition) is followed instead, so that nobody has to look again. `isAwaited` of a state `notFound` says that it is; who may
 * not see definitions is told `notFound` without it. Never rejects; ends when the signal is aborted.
 */
export function watchWhereDefined(options: WatchWhereAllowedOptions): void {
  void follow(options);
}

async function follow(options: WatchWhereAllowedOptions): Promise<void> {
  const { clock, signal, changed } = options;
  let tries = 0;
  let tried: string | undefined;
  while (!signal.aborted) {
    const failure = await untilUnknown({
      ...options,
      changed: (watched) => {
        if (watched.state === "live") tries = 0;
        changed(watched);
      },
    });
    if (failure === undefined) return;
    const version = await untilDefined(options, failure, tries < mostTries ? undefined : tried);
    if (version !== tried) tries = 0;
    tried = version;
    await clock.sleep(shortestPause * 2 ** tries++, signal);
  }
}

/** Follows the objects until the cluster does not know their kind; nothing when the signal was aborted. */
function untilUnknown({ signal, changed, ...options }: WatchWhereAllowedOptions): Promise<ApiError | undefined> {
  return follows(signal, (stop, finish) => {
    watchWhereAllowed({
      ...{ ...options, signal: stop },
      changed: (watched) => {
        if (isUnknown(watched.state)) finish(watched.state);
        else changed(watched);
      },
    });
  });
}

/**
 * Follows the definition of a kind until it is there, in another state than `tried`: gives that one. Until then there are no objects, for the reason
 * `failure`, or because the cluster does not answer. Never ends for somebody who may not see it.
 */
function untilDefined(
  { type, connection, clock, signal, changed }: WatchWhereAllowedOptions,
  failure: ApiError,
  tried: string | undefined,
): Promise<string | undefined> {
  const awaited = new ApiError(failure.kind, failure.message, { ...failure.details, isAwaited: true });
  return follows(signal, (stop, finish) => {
    void listWatch({
      ...{ connection, clock, type: definitions, metadataOnly: true, signal: stop },
      fieldSelector: `metadata.name=${type.plural}.${type.group}`,
      trim: ({ metadata: { name, resourceVersion } }) => ({ metadata: { name, resourceVersion } }),
      changed: ({ objects, state }: WatchedObjects) => {
        const version = [...objects.values()][0]?.metadata.resourceVersion;
        if (state === "live" && version !== undefined && version !== tried) finish(version);
        else changed({ objects: new Map(), state: stateOf(state, failure, awaited) });
      },
    });
  });
}

function stateOf(state: WatchedObjects["state"], failure: ApiError, awaited: ApiError): WatchedWhereAllowed["state"] {
  if (!(state instanceof ApiError)) return awaited;
  return state.kind === "forbidden" || state.kind === "notFound" ? failure : state;
}

/** Runs a watch until it says what it found, and ends it then; nothing when the signal is aborted first. */
function follows<T>(
  signal: AbortSignal,
  watch: (stop: AbortSignal, finish: (found: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const end = (found?: T): void => {
      signal.removeEventListener("abort", aborted);
      stop.abort();
      resolve(found);
    };
    const aborted = (): void => end();
    signal.addEventListener("abort", aborted, { once: true });
    if (signal.aborted) end();
    else watch(stop.signal, end);
  });
}

function isUnknown(state: WatchedWhereAllowed["state"]): state is ApiError {
  return state instanceof ApiError && state.kind === "notFound";
}
