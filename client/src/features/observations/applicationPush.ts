import type { ClusterObservation, LiveApplication } from "../../../../server/src/protocol/observe";
import { toLiveApplication } from "../../cluster/argocd/liveApplication";
import type { Clock } from "../../cluster/clock";
import type { ClusterChange, OpenCluster, OpenClusters } from "../../cluster/openClusters";

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
  /** The contexts of which the server was told that they do not answer. */
  readonly #silent = new Set<string>();
  readonly #stop = new AbortController();
  #isUnderWay = false;
  #isListening = false;

  constructor(private readonly options: ApplicationPushOptions) {}

  /** The server was started: it knows nothing. */
  start(): void {
    this.#isListening = true;
    this.#told.clear();
    this.#pending.clear();
    this.#silent.clear();
    for (const cluster of this.options.clusters.all) {
      this.#add(cluster.context.name, cluster.applications.keys());
      this.#tellSilence(cluster);
    }
  }

  /** The server ended; it is told everything when it is started again. */
  pause(): void {
    this.#isListening = false;
    this.#pending.clear();
  }

  changed({ name, applications }: ClusterChange): void {
    if (!this.#isListening) return;
    const cluster = this.options.clusters.find(name);
    if (cluster === undefined) {
      this.#forget(name);
      return;
    }
    this.#add(name, applications);
    this.#tellSilence(cluster);
  }

  dispose(): void {
    this.#stop.abort();
  }

  /** Whoever waits for the first answer may be told of a former one. */
  #tellSilence({ context: { name }, state }: OpenCluster): void {
    const isSilent = state !== "live" && (state !== "opening" || this.#silent.has(name));
    if (isSilent === this.#silent.has(name)) return;
    if (isSilent) this.#silent.add(name);
    else this.#silent.delete(name);
    this.options.send({ cluster: name, isReachable: !isSilent });
  }

  #forget(name: string): void {
    this.#silent.delete(name);
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
