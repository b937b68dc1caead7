import { ApiError } from "./apiError";
import type { KubeObject } from "./kubeObject";
import { type ListWatchOptions, listWatch, type WatchedObjects } from "./listWatch";

/** The objects of a type in a whole cluster, or in that part of it into which one may look. */
export interface WatchedWhereAllowed extends WatchedObjects {
  /** The only namespaces that are looked into, because the person may not look into all; absent when all are. */
  readonly namespaces?: readonly string[] | undefined;
}

export interface WatchWhereAllowedOptions extends Omit<ListWatchOptions, "namespace" | "changed"> {
  /** Where to look when one may not look everywhere. */
  readonly namespaces: readonly string[];
  readonly changed: (watched: WatchedWhereAllowed) => void;
}

/**
 * Follows the objects of a type in a whole cluster, or, for someone without that right, those in some namespaces. Never rejects; ends when the
 * signal is aborted.
 */
export function watchWhereAllowed(options: WatchWhereAllowedOptions): void {
  const { namespaces, changed, signal, ...watch } = options;
  const everywhere = new AbortController();
  void listWatch({
    ...watch,
    signal: AbortSignal.any([signal, everywhere.signal]),
    changed: (watched) => {
      if (!isForbidden(watched.state) || namespaces.length === 0) {
        changed(watched);
        return;
      }
      everywhere.abort();
      watchNamespaces(options, watched.state);
    },
  });
}

function watchNamespaces({ namespaces, changed, ...watch }: WatchWhereAllowedOptions, failure: ApiError): void {
  const known = new Map<string, WatchedObjects>(
    namespaces.map((namespace) => [namespace, { objects: new Map(), state: "listing" }]),
  );
  for (const namespace of namespaces) {
    void listWatch({
      ...watch,
      namespace,
      changed: (watched) => {
        known.set(namespace, watched);
        changed(join(known, failure));
      },
    });
  }
}

/** One answer out of those for each namespace. Some may be forbidden as long as others are not. */
function join(known: ReadonlyMap<string, WatchedObjects>, everywhere: ApiError): WatchedWhereAllowed {
  const objects = new Map<string, KubeObject>();
  for (const watched of known.values()) for (const [key, object] of watched.objects) objects.set(key, object);
  const states = [...known.values()].map(({ state }) => state);
  const trouble = states.find((state) => state instanceof ApiError && !isForbidden(state));
  const state = trouble ?? states.find((each) => each === "listing") ?? states.find((each) => each === "live");
  const readable = [...known].filter(([, watched]) => !isForbidden(watched.state)).map(([namespace]) => namespace);
  return { objects, state: state ?? everywhere, namespaces: readable };
}

function isForbidden(state: WatchedObjects["state"]): state is ApiError {
  return state instanceof ApiError && state.kind === "forbidden";
}
