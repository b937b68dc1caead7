import type { ClusterObservation, LiveApplication } from "../../../../server/src/protocol/observe";
import { toLiveApplication } from "../../cluster/argocd/liveApplication";
import type { Clock } from "../../cluster/clock";
import type { ClusterChange, OpenClusters } from "../../cluster/openClusters";

export interface ApplicationPushOptions {
  readonly clusters: Pick<OpenClusters, "all" | "find">;
  readonly clock: Clock;
  /** Tells the language server. */
  readonly send: (news: ClusterObservation) => void;
}

/** How long changes are collected, in milliseconds. */
const settling = 300;

/** How many Applications one message holds at most. */
const batch = 500;

/** How long the server is left in peace between two messages, in milliseconds. */
const breath = 20;

/**
 * Tells the language server how the Applications of the open contexts are: what changed, in batches, and nothing twice. What a context told
 * is forgotten when it is closed.
 */
export class ApplicationPush {
  /** The keys that may have changed, by context. */
  readonly #pending = new Map<string, Set<string>>();
  /** What the server knows, as it was sent. */
  readonly #told = new Map<string, Map<string, string>>();
  readonly #stop = new AbortController();
  #isUnderWay = false;
  #isListening = false;

  constructor(private readonly options: ApplicationPushOptions) {}

  /** The server was started: it knows nothing. */
  start(): void {
    this.#isListening = true;
    this.#told.clear();
    this.#pending.clear();
    for (const { context, applications } of this.options.clusters.all) this.#add(context.name, applications.keys());
  }

  /** The server ended; it is told everything when it is started again. */
  pause(): void {
    this.#isListening = false;
    this.#pending.clear();
  }

  changed({ name, applications }: ClusterChange): void {
    if (this.options.clusters.find(name) !== undefined) this.#add(name, applications);
    else if (this.#isListening) this.#forget(name);
  }

  dispose(): void {
    this.#stop.abort();
  }

  #forget(name: string): void {
    this.#pending.delete(name);
    this.#told.delete(name);
    this.options.send({ cluster: name, reset: true });
  }

  #add(name: string, keys: Iterable<string>): void {
    if (!this.#isListening) return;
    const pending = this.#pending.get(name) ?? new Set();
    for (const key of keys) pending.add(key);
    this.#pending.set(name, pending);
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    const { clock, send } = this.options;
    const { signal } = this.#stop;
    await clock.sleep(settling, signal);
    for (;;) {
      const [next] = this.#pending;
      if (next === undefined || signal.aborted) {
        this.#isUnderWay = false;
        return;
      }
      const [name, keys] = next;
      const news = this.#take(name, keys);
      if (keys.size === 0) this.#pending.delete(name);
      if (news === undefined) continue;
      send(news);
      await clock.sleep(breath, signal);
    }
  }

  /** The next message about a context; what it tells is taken out of `keys`. */
  #take(name: string, keys: Set<string>): ClusterObservation | undefined {
    const cluster = this.options.clusters.find(name);
    if (cluster === undefined) {
      keys.clear();
      return undefined;
    }
    const told = this.#told.get(name) ?? new Map<string, string>();
    this.#told.set(name, told);
    const applications: LiveApplication[] = [];
    const removed: string[] = [];
    for (const key of keys) {
      keys.delete(key);
      const application = cluster.applications.get(key);
      if (application === undefined) {
        if (told.delete(key)) removed.push(key);
      } else {
        const live = toLiveApplication(application);
        const text = JSON.stringify(live);
        if (told.get(key) !== text) applications.push(live);
        told.set(key, text);
      }
      if (applications.length + removed.length >= batch) break;
    }
    return applications.length + removed.length === 0 ? undefined : { cluster: name, applications, removed };
  }
}
