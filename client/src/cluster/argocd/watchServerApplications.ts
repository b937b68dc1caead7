import { ApiError } from "../apiError";
import { type KubeObject, keyOf } from "../kubeObject";
import { isFinal } from "../listWatch";
import type { Application } from "./application";
import type { ArgocdWatch } from "./argocdAccess";
import type { ArgocdServer } from "./argocdServer";
import { trimApplication } from "./trimApplication";

interface ApplicationList {
  readonly metadata?: { readonly resourceVersion?: string };
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly application: Application;
}

/** How long changes are collected before someone hears of them, in milliseconds. */
const batch = 50;

/** Silence after which everything is read anew, in milliseconds: Argo CD sends nothing when nothing changes, not even a sign of life. */
const silence = 300_000;

/** A stream may begin after the list was made, and tells nothing of what changed in between: so long after it, in milliseconds, comes another list. */
const settling = 3_000;

const shortestWait = 1_000;
const longestWait = 60_000;

/** Follows the Applications that an Argo CD lets its user see, until the signal is aborted. Tries again after failures, except where that is no use. */
export function watchServerApplications(server: ArgocdServer, options: ArgocdWatch): void {
  const known = new KnownApplications(options);
  void follow(server, known, options);
}

async function follow(server: ArgocdServer, known: KnownApplications, { clock, signal }: ArgocdWatch): Promise<void> {
  let wait = shortestWait;
  await Promise.resolve();
  while (!signal.aborted) {
    const round = new AbortController();
    const both = AbortSignal.any([signal, round.signal]);
    let start = Number.POSITIVE_INFINITY;
    try {
      const resourceVersion = await list(server, known, both);
      start = clock.now();
      const again = clock.sleep(settling, both).then(() => (both.aborted ? "" : list(server, known, both)));
      // A list that fails ends the round; one that works does not.
      await Promise.race([
        stream(server, known, { resourceVersion, signal: both }),
        again.then(() => new Promise(() => {})),
      ]);
    } catch (error) {
      if (signal.aborted) return;
      const failure = error instanceof ApiError ? error : new ApiError("refused", String(error));
      known.set(failure);
      if (isFinal(failure)) return;
    } finally {
      round.abort();
    }
    // Something between us and the server may let no stream through: then all Applications must not be read over and over.
    const hasLasted = clock.now() - start >= wait;
    if (hasLasted) wait = shortestWait;
    else {
      await clock.sleep(wait * (0.5 + clock.random()), signal);
      wait = Math.min(wait * 2, longestWait);
    }
  }
}

async function list(server: ArgocdServer, known: KnownApplications, signal: AbortSignal): Promise<string> {
  known.beginList();
  const items: Application[] = [];
  // All of them come in one answer, and little of it is kept.
  const onItem = (item: KubeObject): void => void items.push(known.trim(item));
  const { metadata } = await server.get<ApplicationList>({ path: "/api/v1/applications", signal, onItem });
  known.replace(items);
  known.set("live");
  return metadata?.resourceVersion ?? "";
}

async function stream(
  server: ArgocdServer,
  known: KnownApplications,
  { resourceVersion, signal }: { readonly resourceVersion: string; readonly signal: AbortSignal },
): Promise<void> {
  const request = { path: "/api/v1/stream/applications", query: { resourceVersion }, timeout: silence, signal };
  try {
    await server.stream<WatchEvent>(request, ({ type, application }) => {
      if (type === "DELETED") known.remove(application);
      else known.put(application);
    });
  } catch (error) {
    // A stream that falls silent or is cut off is nothing to tell anyone, as long as the next list works.
    const isCut = error instanceof ApiError && (error.kind === "timeout" || error.kind === "unreachable");
    if (!isCut) throw error;
  }
}

/** The Applications as they were told last, and those who hear of it. */
class KnownApplications {
  #objects = new Map<string, Application>();
  #state: "listing" | "live" | ApiError = "listing";
  #waiting = false;
  /** The keys of those of which an event told since the last list was asked for. */
  readonly #told = new Set<string>();

  constructor(private readonly options: ArgocdWatch) {}

  /** What events tell from now on is newer than the list that is asked for. */
  beginList(): void {
    this.#told.clear();
  }

  /** What is kept of an Application that is told. */
  trim(application: KubeObject): Application {
    return trimApplication(application, this.#objects.get(keyOf(application)));
  }

  /** Takes a list of what is kept; one that did not change stays the same object, so that nobody draws it anew. */
  replace(items: readonly Application[]): void {
    const former = this.#objects;
    const next = new Map<string, Application>();
    for (const item of items) {
      const key = keyOf(item);
      const before = former.get(key);
      if (before !== undefined && !isNewer(item, before)) next.set(key, before);
      else if (!this.#told.has(key)) next.set(key, item);
    }
    for (const key of this.#told) {
      const now = former.get(key);
      if (now !== undefined) next.set(key, now);
    }
    this.#objects = next;
    this.#tell();
  }

  put(application: Application): void {
    this.#told.add(keyOf(application));
    const before = this.#objects.get(keyOf(application));
    if (before !== undefined && !isNewer(application, before)) return;
    this.#objects.set(keyOf(application), this.trim(application));
    this.#tell();
  }

  remove(application: Application): void {
    this.#told.add(keyOf(application));
    this.#objects.delete(keyOf(application));
    this.#tell();
  }

  set(state: "live" | ApiError): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    const { clock, signal, changed } = this.options;
    void clock.sleep(batch, signal).then(() => {
      this.#waiting = false;
      if (!signal.aborted) changed({ objects: new Map(this.#objects), state: this.#state });
    });
  }
}

/** A list may be older than an event that came before it. */
function isNewer({ metadata: now }: Application, { metadata: before }: Application): boolean {
  if (now.uid !== before.uid) return true;
  const [a, b] = [Number(now.resourceVersion), Number(before.resourceVersion)];
  return Number.isFinite(a) && Number.isFinite(b) ? a > b : now.resourceVersion !== before.resourceVersion;
}
