import type { ClusterObservation, LiveApplication } from "../protocol/observe";
import type { Topic } from "./observations";

/** The Applications of the open contexts: by the name of the context, then by `namespace/name`. */
export type LiveApplications = ReadonlyMap<string, ReadonlyMap<string, LiveApplication>>;

/** What the client sees of Applications in open contexts. */
export const liveApplications: Topic<LiveApplications> = { name: "live Applications", nothing: new Map() };

/** The open contexts that do not answer at present: what is known of them is how it was last. */
export const silentClusters: Topic<ReadonlySet<string>> = { name: "silent clusters", nothing: new Set() };

/** The contexts that do not answer after more news; the same object when that changes nothing. */
export function withSilence(before: ReadonlySet<string>, news: ClusterObservation): ReadonlySet<string> {
  const { cluster, reset = false, isReachable } = news;
  const isSilent = isReachable === false || (isReachable === undefined && !reset && before.has(cluster));
  if (isSilent === before.has(cluster)) return before;
  const others = [...before].filter((each) => each !== cluster);
  return new Set(isSilent ? [...others, cluster] : others);
}

/** How the Applications of a cluster are told apart. */
function liveKey({ namespace, name }: Pick<LiveApplication, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

/** What is known after more news; the same object when that changes nothing. A context of which nothing is known is not listed. */
export function withNews(before: LiveApplications, news: ClusterObservation): LiveApplications {
  const { cluster, reset = false, applications = [], removed = [] } = news;
  const known = before.get(cluster);
  if (applications.length === 0 && (known === undefined || (!reset && removed.length === 0))) return before;
  const now = new Map(reset ? [] : known);
  for (const key of removed) now.delete(key);
  for (const application of applications) now.set(liveKey(application), application);
  const after = new Map(before);
  if (now.size === 0) after.delete(cluster);
  else after.set(cluster, now);
  return after;
}
