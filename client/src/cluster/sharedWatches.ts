import { ApiError } from "./apiError";
import type { Clock } from "./clock";
import type { Connection } from "./connection";
import { isFinal, type ListWatchOptions, listWatch, type WatchedObjects } from "./listWatch";

/** What to follow in a cluster. Two that ask for the same share one watch; `trim` is that of who asked first. */
export type Wanted = Pick<ListWatchOptions, "type" | "namespace" | "fieldSelector" | "trim">;

/** Objects that someone follows. */
export interface Followed {
  readonly connection: Connection;
  readonly current: WatchedObjects;
  /** Ends the watch when nobody else needs it. */
  stop(): void;
}

interface Shared {
  current: WatchedObjects;
  readonly stop: AbortController;
  readonly followers: Set<() => void>;
}

/** The watches that views need while they show something: one for each kind and namespace, for as long as anyone follows it. */
export class SharedWatches {
  readonly #watches = new Map<Connection, Map<string, Shared>>();

  constructor(private readonly clock: Clock) {}

  /** Follows objects; `changed` is called after each change, never before this returns. */
  follow(connection: Connection, wanted: Wanted, changed: () => void): Followed {
    const key = JSON.stringify([wanted.type, wanted.namespace, wanted.fieldSelector]);
    const shared = this.#find(connection, key) ?? this.#start(connection, key, wanted);
    // A function of its own, so that each can stop for itself.
    const follower = (): void => changed();
    shared.followers.add(follower);
    return {
      connection,
      get current() {
        return shared.current;
      },
      stop: () => {
        if (!shared.followers.delete(follower) || shared.followers.size > 0) return;
        shared.stop.abort();
        this.#forget(connection, key, shared);
      },
    };
  }

  dispose(): void {
    for (const watches of this.#watches.values()) for (const { stop } of watches.values()) stop.abort();
    this.#watches.clear();
  }

  #find(connection: Connection, key: string): Shared | undefined {
    const shared = this.#watches.get(connection)?.get(key);
    const { state } = shared?.current ?? {};
    // One that ended because somebody must act first is tried again by whoever looks next.
    return state instanceof ApiError && isFinal(state) ? undefined : shared;
  }

  #start(connection: Connection, key: string, wanted: Wanted): Shared {
    const stop = new AbortController();
    const shared: Shared = { current: { objects: new Map(), state: "listing" }, stop, followers: new Set() };
    const watches = this.#watches.get(connection) ?? new Map<string, Shared>();
    this.#watches.set(connection, watches.set(key, shared));
    void listWatch({
      ...wanted,
      connection,
      clock: this.clock,
      signal: stop.signal,
      changed: (watched) => {
        shared.current = watched;
        for (const follower of [...shared.followers]) follower();
      },
    });
    return shared;
  }

  #forget(connection: Connection, key: string, shared: Shared): void {
    const watches = this.#watches.get(connection);
    if (watches?.get(key) !== shared) return;
    watches.delete(key);
    if (watches.size === 0) this.#watches.delete(connection);
  }
}
