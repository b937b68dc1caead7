import { ApiError } from "../apiError";
import type { Clock } from "../clock";
import type { Connection } from "../connection";
import type { KubeObject } from "../kubeObject";
import { listWatch, type WatchedObjects } from "../listWatch";
import { type Application, applications, trimApplication } from "./application";

/** What is known of the Applications of a cluster. */
export interface WatchedApplications {
  /** By `keyOf`. An Application that did not change is the same object as before. */
  readonly objects: ReadonlyMap<string, Application>;
  readonly state: WatchedObjects["state"];
  /** The only namespaces that are looked into, because the person may not look into all; absent when all are. */
  readonly namespaces?: readonly string[] | undefined;
}

export interface WatchApplicationsOptions {
  readonly connection: Connection;
  /** Where to look when one may not look everywhere. */
  readonly namespaces: readonly string[];
  readonly clock: Clock;
  readonly changed: (watched: WatchedApplications) => void;
  readonly signal: AbortSignal;
}

/**
 * Follows the Applications of a whole cluster, or, for someone without that right, those of some namespaces. Never rejects; ends when the
 * signal is aborted.
 */
export function watchApplications(options: WatchApplicationsOptions): void {
  const { connection, clock, changed, signal } = options;
  const everywhere = new AbortController();
  void listWatch({
    ...{ connection, clock, type: applications, trim: trimApplication },
    signal: AbortSignal.any([signal, everywhere.signal]),
    changed: ({ objects, state }) => {
      if (!isForbidden(state) || options.namespaces.length === 0) {
        changed({ objects: objects as ReadonlyMap<string, Application>, state });
        return;
      }
      everywhere.abort();
      watchNamespaces(options, state);
    },
  });
}

function watchNamespaces(options: WatchApplicationsOptions, failure: ApiError): void {
  const { connection, namespaces, clock, changed, signal } = options;
  const known = new Map<string, WatchedObjects>(
    namespaces.map((namespace) => [namespace, { objects: new Map(), state: "listing" }]),
  );
  for (const namespace of namespaces) {
    void listWatch({
      ...{ connection, clock, namespace, signal, type: applications, trim: trimApplication },
      changed: (watched) => {
        known.set(namespace, watched);
        changed(join(known, failure));
      },
    });
  }
}

/** One answer out of those for each namespace. Some may be forbidden as long as others are not. */
function join(known: ReadonlyMap<string, WatchedObjects>, everywhere: ApiError): WatchedApplications {
  const objects = new Map<string, KubeObject>();
  for (const watched of known.values()) for (const [key, object] of watched.objects) objects.set(key, object);
  const states = [...known.values()].map(({ state }) => state);
  const trouble = states.find((state) => state instanceof ApiError && !isForbidden(state));
  const state = trouble ?? states.find((each) => each === "listing") ?? states.find((each) => each === "live");
  const readable = [...known].filter(([, watched]) => !isForbidden(watched.state)).map(([namespace]) => namespace);
  return {
    objects: objects as ReadonlyMap<string, KubeObject> as ReadonlyMap<string, Application>,
    state: state ?? everywhere,
    namespaces: readable,
  };
}

function isForbidden(state: WatchedObjects["state"]): state is ApiError {
  return state instanceof ApiError && state.kind === "forbidden";
}
