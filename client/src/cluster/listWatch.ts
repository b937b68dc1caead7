import { ApiError } from "./apiError";
import type { Clock } from "./clock";
import type { Connection } from "./connection";
import { type KubeObject, keyOf, pathOf, type ResourceType } from "./kubeObject";
import { shareParts } from "./shareParts";

/** What a watch tells: the objects by `keyOf`, and whether they are up to date. */
export interface WatchedObjects {
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** `listing` until the first list is there; `live` while the server tells of changes; else why it does not. */
  readonly state: "listing" | "live" | ApiError;
}

export interface ListWatchOptions {
  readonly connection: Connection;
  readonly type: ResourceType;
  /** Only this namespace; all of them when absent. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  /** For example `metadata.name=book-dev`. */
  readonly fieldSelector?: string | undefined;
  /** Asks for the metadata of the objects alone, for those who only want to know what there is. */
  readonly metadataOnly?: boolean | undefined;
  /** Takes out of each object what nobody will look at. */
  readonly trim?: ((object: KubeObject, known?: KubeObject) => KubeObject) | undefined;
  readonly clock: Clock;
  /** Silence after which a watch counts as cut off, in milliseconds; the API server sends a bookmark about once a minute. */
  readonly silence?: number | undefined;
  /** Called when something changed, for many changes at once; never before `listWatch` has returned. */
  readonly changed: (watched: WatchedObjects) => void;
  readonly signal: AbortSignal;
}

/** Objects of one page of a list: as many as kubectl asks for. */
const pageSize = 500;

/** How long changes are collected before someone hears of them, in milliseconds; longer where there is much to look through each time. */
const batch = { shortest: 50, perObject: 0.05 };

/** How long one watch lasts before a new one continues it, in seconds. The server spreads it by up to as much again. */
const watchSeconds = 300;

/** For watches that do not say otherwise. */
const longestSilence = 150_000;

/** How long the server may take to begin a watch, in milliseconds: it does so before there is anything to tell. */
const longestStart = 30_000;

const shortestWait = 1_000;
const longestWait = 60_000;

/**
 * How often a refusal is not believed after a watch had worked: an API server that starts knows nobody's rights, and not all kinds, for its first
 * moments.
 */
const mostDoubts = 3;

/** However much later a server asks us to come back, in milliseconds. */
const longestPause = 600_000;

/**
 * Follows all objects of a type until the signal is aborted: a list in pages, then a watch from there. A watch that ends is continued where it
 * was; one whose place is too old (410) begins with a new list, and what is known stays until that is there. Failures are told and tried again,
 * with growing pauses, except where trying again is no use before someone acts (no right, no such kind, sign-in failed); of what worked before that
 * is believed only after some tries. Never rejects.
 */
export async function listWatch(options: ListWatchOptions): Promise<void> {
  const { clock, signal } = options;
  const report = createReporter(options);
  let wait = shortestWait;
  let place: Place | undefined;
  let listed = 0;
  let doubts = 0;
  await Promise.resolve();
  while (!signal.aborted) {
    let begun: number | undefined;
    // A server that lets every watch begin and cuts it off is not a healthy one.
    const forgetFailures = (): void => {
      if (begun !== undefined && clock.now() - begun >= wait) wait = shortestWait;
    };
    const works = (): void => {
      doubts = mostDoubts;
      report.set("live");
    };
    const onBegin = (): void => {
      begun ??= clock.now();
      works();
    };
    try {
      if (place === undefined) {
        listed = clock.now();
        place = await list(options, report);
        works();
      }
      const start = clock.now();
      place = await watch(options, report, { ...place, onBegin });
      forgetFailures();
      // Something between us and the server may end every watch at once.
      if (clock.now() - start < shortestWait) await clock.sleep(shortestWait, signal);
    } catch (error) {
      if (signal.aborted) return;
      const failure = error instanceof ApiError ? error : new ApiError("refused", String(error));
      if (failure.kind === "gone") {
        place = undefined;
        // A server that forgets at once must not be asked for everything all the time.
        if (clock.now() - listed < shortestWait) await clock.sleep(shortestWait, signal);
        continue;
      }
      forgetFailures();
      const isDoubted = isFinal(failure) && failure.kind !== "signIn" && doubts > 0;
      if (isDoubted) doubts--;
      else report.set(failure);
      // With its definition the API server has deleted all objects of a kind.
      if (failure.kind === "notFound" && !isDoubted) report.replace(new Map());
      if (isFinal(failure) && !isDoubted) return;
      const pause = Math.max(failure.details.retryAfter ?? 0, wait * (0.5 + clock.random()));
      await clock.sleep(Math.min(pause, longestPause), signal);
      wait = Math.min(wait * 2, longestWait);
    }
  }
}

/**
 * Whether trying again helps only after a person did something; such a watch has ended. A certificate that is not believed may be that of a hotel's
 * network, and nothing is told to who shows it.
 */
export function isFinal({ kind }: ApiError): boolean {
  return kind === "forbidden" || kind === "notFound" || kind === "signIn";
}

/** Up to where a watch told everything. */
interface Place {
  readonly resourceVersion: string;
}

interface Reporter {
  /** Everything that there is. */
  replace(objects: Map<string, KubeObject>): void;
  /** What is kept of an object: what is known already is kept once. */
  trim(object: KubeObject): KubeObject;
  put(object: KubeObject): void;
  remove(object: KubeObject): void;
  set(state: WatchedObjects["state"]): void;
}

/** Keeps the objects and tells of them in batches. */
function createReporter({ clock, signal, changed, trim = (object) => object }: ListWatchOptions): Reporter {
  let objects = new Map<string, KubeObject>();
  let state: WatchedObjects["state"] = "listing";
  let waiting = false;
  const tell = (): void => {
    if (waiting) return;
    waiting = true;
    void clock.sleep(batch.shortest + objects.size * batch.perObject, signal).then(() => {
      waiting = false;
      if (!signal.aborted) changed({ objects: new Map(objects), state });
    });
  };
  const keep = (object: KubeObject): KubeObject => {
    const known = objects.get(keyOf(object));
    return shareParts(trim(object, known), known);
  };
  return {
    trim: keep,
    replace(all) {
      objects = all;
      tell();
    },
    put(object) {
      objects.set(keyOf(object), keep(object));
      tell();
    },
    remove(object) {
      objects.delete(keyOf(object));
      tell();
    },
    set(next) {
      if (state === next) return;
      state = next;
      tell();
    },
  };
}

interface ListPage {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string | undefined };
  /** Null where there are none, when only the metadata is asked for. */
  readonly items: readonly KubeObject[] | null;
}

/** What we ask for; the API server knows the short form of objects for every kind. */
function acceptOf({ metadataOnly }: ListWatchOptions, form: "List" | ""): string | undefined {
  if (metadataOnly !== true) return undefined;
  return `application/json;as=PartialObjectMetadata${form};g=meta.k8s.io;v=v1`;
}

async function list(options: ListWatchOptions, report: Reporter): Promise<Place> {
  const { connection, type, namespace, labelSelector, fieldSelector, signal } = options;
  const objects = new Map<string, KubeObject>();
  let next: string | undefined;
  for (;;) {
    const query = { limit: pageSize, continue: next, labelSelector, fieldSelector };
    const onItem = (object: KubeObject): void => void objects.set(keyOf(object), report.trim(object));
    const request = { path: pathOf(type, namespace), query, accept: acceptOf(options, "List"), signal, onItem };
    const page = await connection.get<ListPage>(request);
    for (const object of page.items ?? []) onItem(object);
    next = page.metadata.continue || undefined;
    if (next !== undefined) continue;
    report.replace(objects);
    return { resourceVersion: page.metadata.resourceVersion };
  }
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubeObject & { readonly code?: number; readonly message?: string };
}

/** One watch, from a place to where the server ends it. Throws what ended it otherwise. */
async function watch(
  options: ListWatchOptions,
  report: Reporter,
  place: Place & { readonly onBegin: () => void },
): Promise<Place> {
  const { connection, type, namespace, labelSelector, fieldSelector, signal, silence = longestSilence } = options;
  const query = {
    watch: true,
    allowWatchBookmarks: true,
    resourceVersion: place.resourceVersion,
    timeoutSeconds: watchSeconds,
    labelSelector,
    fieldSelector,
  };
  let { resourceVersion } = place;
  let failure: ApiError | undefined;
  const failed = new AbortController();
  const accept = acceptOf(options, "");
  const timeout = Math.min(silence, longestStart);
  const both = AbortSignal.any([signal, failed.signal]);
  const { onBegin } = place;
  const request = { path: pathOf(type, namespace), query, accept, timeout, silence, signal: both, onBegin };
  try {
    await connection.stream(request, (line) => {
      const event = parseEvent(line);
      if (event === undefined || failure !== undefined) return;
      const { type: what, object } = event;
      if (what === "ERROR") {
        failure = new ApiError(object.code === 410 ? "gone" : "refused", object.message ?? "The watch failed.");
        // An API server ends such a watch itself; what stands in its place (`treeConnection`) goes on.
        failed.abort();
        return;
      }
      resourceVersion = object.metadata.resourceVersion ?? resourceVersion;
      if (what === "DELETED") report.remove(object);
      else if (what !== "BOOKMARK") report.put(object);
    });
  } catch (error) {
    // What was told before the connection broke is known; the next watch continues there.
    if (failure === undefined && (resourceVersion === place.resourceVersion || isGone(error))) throw error;
  }
  if (failure !== undefined) throw failure;
  return { resourceVersion };
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.kind === "gone";
}

function parseEvent(line: string): WatchEvent | undefined {
  try {
    return JSON.parse(line) as WatchEvent;
  } catch {
    // A line that was cut off with its connection.
    return undefined;
  }
}
