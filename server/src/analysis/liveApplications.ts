import { argocdGroup } from "../argocd/application";
import { type LiveApplications, liveApplications, silentClusters } from "../observations/liveApplications";
import type { Observations } from "../observations/observations";
import { applicationWords } from "../protocol/applicationWords";
import type { LiveApplicationEntry } from "../protocol/liveApplications";
import type { LiveApplication, LiveSource } from "../protocol/observe";
import type { Snapshot } from "../workspace/snapshot";
import type { Definition } from "../workspace/symbols";
import { findSource, type SourceInWorkspace } from "./applicationSource";

/** An Application of an open context that has to do with the workspace. */
export interface ApplicationHere {
  /** The name of the context. */
  readonly cluster: string;
  /** `namespace/name` */
  readonly key: string;
  readonly live: LiveApplication;
  /** Where files of the workspace define it. */
  readonly definitions: readonly Definition[];
  /** Its sources that lie in the workspace. */
  readonly sources: readonly { readonly source: LiveSource; readonly found: SourceInWorkspace }[];
}

/**
 * The Applications of open contexts that a file of the workspace defines, or whose sources lie in it: the same list as long as neither
 * these nor the workspace's repositories, kustomizations and names change. Typing changes names, and Applications come in thousands: so
 * what a keystroke cannot change is found apart.
 */
export function applicationsHere(snapshot: Snapshot, observations: Observations): readonly ApplicationHere[] {
  const live = observations.of(liveApplications);
  if (live.size === 0) return [];
  return byNames(
    live,
    [snapshot.symbols, bySources(live, [snapshot.repositories, snapshot.graph], snapshot)],
    snapshot,
  );
}

/** An Application and its sources that lie in the workspace. */
type SourcesHere = Pick<ApplicationHere, "cluster" | "key" | "live" | "sources">;

/** All Applications by name, and those with sources in the workspace. */
interface Sorted {
  readonly byName: ReadonlyMap<string, readonly SourcesHere[]>;
  readonly withSources: readonly SourcesHere[];
}

const bySources = remembering((live: LiveApplications, snapshot: Snapshot): Sorted => {
  const byName = new Map<string, SourcesHere[]>();
  const withSources: SourcesHere[] = [];
  for (const [cluster, applications] of live) {
    for (const [key, application] of applications) {
      const sources = application.sources.flatMap((source) => {
        const found = findSource(snapshot, source);
        return found === undefined ? [] : [{ source, found }];
      });
      const each = { cluster, key, live: application, sources };
      const named = byName.get(application.name);
      if (named === undefined) byName.set(application.name, [each]);
      else named.push(each);
      if (sources.length > 0) withSources.push(each);
    }
  }
  return { byName, withSources };
});

const byNames = remembering((live: LiveApplications, snapshot: Snapshot): readonly ApplicationHere[] => {
  const { byName, withSources } = bySources(live, [snapshot.repositories, snapshot.graph], snapshot);
  const definitionsOf = new Map<SourcesHere, Definition[]>(withSources.map((each) => [each, []]));
  for (const definition of snapshot.symbols.objectsOf(argocdGroup, "Application")) {
    const { name, namespace } = definition.object;
    for (const each of definition.isPatch === true ? [] : (byName.get(name) ?? [])) {
      if ((namespace ?? each.live.namespace) !== each.live.namespace) continue;
      const known = definitionsOf.get(each);
      if (known === undefined) definitionsOf.set(each, [definition]);
      else known.push(definition);
    }
  }
  return [...definitionsOf].map(([each, definitions]) => ({ ...each, definitions }));
});

/** Computes again only when another value is asked about, or something in `key` is another object than the last time. */
function remembering<K extends object, T>(
  compute: (value: K, snapshot: Snapshot) => T,
): (value: K, key: readonly unknown[], snapshot: Snapshot) => T {
  const known = new WeakMap<K, { readonly key: readonly unknown[]; readonly result: T }>();
  return (value, key, snapshot) => {
    let last = known.get(value);
    if (last === undefined || key.some((each, i) => each !== last?.key[i])) {
      last = { key, result: compute(value, snapshot) };
      known.set(value, last);
    }
    return last.result;
  };
}

/** Those that a file defines. */
export function definedIn(path: string, applications: readonly ApplicationHere[]): readonly ApplicationHere[] {
  return applications.filter(({ definitions }) => definitions.some(({ place }) => place.file.path === path));
}

/** Those that deploy the kustomization in a directory. */
export function deployedFrom(root: string, applications: readonly ApplicationHere[]): readonly ApplicationHere[] {
  return applications.filter(({ sources }) => sources.some(({ found }) => found.directory === root));
}

/** Those that have to do with a file: first those that it defines, then those of its kustomization and of all that include it. */
export function applicationsOf(
  path: string,
  snapshot: Snapshot,
  applications: readonly ApplicationHere[],
): readonly ApplicationHere[] {
  if (applications.length === 0) return [];
  const { graph } = snapshot;
  const own = (graph.at(path) ?? graph.ofFile(path))?.root;
  const roots = [...(own === undefined ? [] : [own]), ...graph.reachedFrom(own ?? path).map(({ root }) => root)];
  return [...new Set([...definedIn(path, applications), ...roots.flatMap((root) => deployedFrom(root, applications))])];
}

/** How an Application is, in the words of its row in the Applications view: `book-dev: OutOfSync · Healthy`. */
function describeLive(live: LiveApplication): string {
  return `${live.name}: ${applicationWords(live).join(" · ")}`;
}

/** An Application as the client names it. */
export function toEntry({ cluster, key, live }: ApplicationHere, observations: Observations): LiveApplicationEntry {
  const isSilent = observations.of(silentClusters).has(cluster);
  return { cluster, key, label: isSilent ? `${describeLive(live)} (last seen)` : describeLive(live) };
}
