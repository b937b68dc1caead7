import pMap from "p-map";
import type { Clock } from "../platform/clock";
import { isRegistryError, type Registry, type RegistryError } from "../registry/registry";
import type { ObservationStore } from "./observations";
import { Pauses } from "./pauses";
import { registryAnswers, withoutMissing, withVersion } from "./registryAnswers";

/** An image that somebody looks at. */
export interface WantedImage {
  /** Without tag and digest. */
  readonly image: string;
  /** Tags and digests to look for. */
  readonly versions: readonly string[];
}

export interface RegistryJobOptions {
  /** What somebody looks at, the most important first. */
  readonly wanted: () => readonly WantedImage[];
  readonly store: ObservationStore;
  /** Writes down what it answers; see `recordingRegistry`. */
  readonly registry: Registry;
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with what only a defect can throw. */
  readonly failed: (error: unknown) => void;
}

/** How long to wait after a change, in milliseconds: nobody is to be asked for half a name. */
const pause = 1500;

/** How old an answer may become before it is asked for again, in milliseconds. */
export const freshFor = 5 * 60_000;

/** How long a registry that failed is left alone, in milliseconds. */
const rest = 2 * 60_000;

/** However long it wants to be left alone, it is asked once an hour whether it still does. */
const mostRest = 60 * 60_000;

/** How many images are asked for, and how many at a time. */
const mostImages = 60;
const atOnce = 3;

/** Asks registries for the images that people look at: each once, again when the answer is old, and none that failed a moment ago. */
export class RegistryJob {
  private cancelTimer: (() => void) | undefined;
  private cancelRefresh: (() => void) | undefined;
  private asking: AbortController | undefined;
  /** Questions that were asked, and hosts that want to be left alone. */
  private readonly pauses = new Pauses();
  private isOn = false;
  private isBehind = false;

  constructor(private readonly options: RegistryJobOptions) {}

  /** Begins to ask. */
  start(): void {
    this.isOn = true;
    this.changed();
  }

  /** What is looked at may be something else now. */
  changed(): void {
    if (!this.isOn) return;
    this.cancelTimer?.();
    this.cancelTimer = this.options.clock.after(pause, () => {
      this.cancelTimer = undefined;
      this.update().catch(this.options.failed);
    });
  }

  /** There is another login: what was refused may be answered now. Who wanted to be left alone still is. */
  signedIn(): void {
    // Questions have a blank in their key, hosts have none.
    this.pauses.end((what) => what.includes(" "));
    this.changed();
  }

  /** Asks no more, and forgets what was said. */
  stop(): void {
    if (!this.isOn) return;
    this.isOn = false;
    this.cancelTimer?.();
    this.cancelRefresh?.();
    this.asking?.abort();
    this.asking = undefined;
    this.pauses.end();
    const { store } = this.options;
    if (store.current.of(registryAnswers).size > 0) store.put(registryAnswers, registryAnswers.nothing);
  }

  private async update(): Promise<void> {
    // One round at a time; what came in between is looked at after it.
    this.isBehind = this.asking !== undefined;
    if (this.isBehind) return;
    const asking = new AbortController();
    this.asking = asking;
    const { signal } = asking;
    const wanted = this.options.wanted().slice(0, mostImages);
    try {
      await pMap(wanted, (image) => this.ask(image, signal), { concurrency: atOnce });
    } finally {
      // A defect ends its round, not those after it.
      this.ended(asking);
    }
  }

  private ended(asking: AbortController): void {
    asking.abort();
    if (this.asking !== asking) return;
    this.asking = undefined;
    this.cancelRefresh?.();
    this.cancelRefresh = this.options.clock.after(freshFor, () => this.changed());
    if (this.isBehind) this.changed();
  }

  private async ask({ image, versions }: WantedImage, signal: AbortSignal): Promise<void> {
    const { registry, store, now } = this.options;
    await this.once(image, "", signal, () => registry.tags(image, { signal }));
    for (const version of versions) {
      const failed = await this.once(image, version, signal, () => registry.resolve(image, version, { signal }));
      if (failed === undefined || signal.aborted) continue;
      const answers = store.current.of(registryAnswers);
      // Only what a registry says for certain may be told of as missing. Some say of what one may not see that it is not there, so that they must have
      // shown the repository.
      const isCertain = failed.kind === "notFound" && answers.get(image)?.tags !== undefined;
      const told = { value: "missing", at: now() } as const;
      const after = isCertain
        ? withVersion(answers, { image, version, told })
        : withoutMissing(answers, image, version);
      store.put(registryAnswers, after);
    }
  }

  /** Asks unless that was done a short time ago; gives what went wrong. Never rejects. */
  private async once(
    image: string,
    version: string,
    signal: AbortSignal,
    question: () => Promise<unknown>,
  ): Promise<RegistryError | undefined> {
    const host = hostOf(image);
    const key = `${image} ${version}`;
    const now = this.options.now();
    if (signal.aborted || this.pauses.isOn(host, now) || this.pauses.isOn(key, now)) return undefined;
    this.pauses.begin(key, now, freshFor - pause);
    try {
      await question();
      return undefined;
    } catch (error) {
      if (!isRegistryError(error)) throw error;
      const { kind, retryAfter = 0 } = error;
      // Who wants a login says so of one repository; whoever is down or has enough is so for all.
      if (kind === "unreachable" || kind === "rateLimited") {
        this.pauses.begin(host, now, Math.min(Math.max(rest, retryAfter * 1000), mostRest));
      }
      return error;
    }
  }
}

/** The first part of the name: enough to leave a registry alone. */
function hostOf(image: string): string {
  const first = image.slice(0, Math.max(0, image.indexOf("/")));
  return /[.:]|^localhost$/.test(first) ? first : "";
}
