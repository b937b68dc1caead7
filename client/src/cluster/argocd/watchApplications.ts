import type { Clock } from "../clock";
import type { Connection } from "../connection";
import type { WatchedObjects } from "../listWatch";
import { watchWhereDefined } from "../watchWhereDefined";
import { type Application, applications } from "./application";
import { trimApplication } from "./trimApplication";

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
 * Follows the Applications of a whole cluster, or, for someone without that right, those of some namespaces; also where Argo CD is installed, or
 * removed, meanwhile. Never rejects; ends when the signal is aborted.
 */
export function watchApplications({ changed, ...options }: WatchApplicationsOptions): void {
  watchWhereDefined({
    ...options,
    type: applications,
    trim: trimApplication,
    changed: (watched) => changed(watched as WatchedApplications),
  });
}
