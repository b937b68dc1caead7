import { argocdGroup } from "../argocd/application";
import { liveApplications } from "../observations/liveApplications";
import type { Observations } from "../observations/observations";
import { parentPath } from "../platform/path";
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

interface Known {
  readonly key: readonly unknown[];
  readonly applications: readonly ApplicationHere[];
}

const known = new WeakMap<object, Known>();

/**
 * The Applications of open contexts that a file of the workspace defines, or whose sources lie in it: the same list as long as neither
 * these nor the workspace's repositories, kustomizations and names change.
 */
export function applicationsHere(snapshot: Snapshot, observations: Observations): readonly ApplicationHere[] {
  const live = observations.of(liveApplications);
  if (live.size === 0) return [];
  const key = [snapshot.repositories, snapshot.graph, snapshot.symbols];
  let found = known.get(live);
  if (found === undefined || key.some((each, i) => each !== found?.key[i])) {
    found = { key, applications: [...findAll(snapshot, live)] };
    known.set(live, found);
  }
  return found.applications;
}

function* findAll(
  snapshot: Snapshot,
  live: ReadonlyMap<string, ReadonlyMap<string, LiveApplication>>,
): Iterable<ApplicationHere> {
  const byName = new Map<string, Definition[]>();
  for (const definition of snapshot.symbols.objectsOf(argocdGroup, "Application")) {
    if (definition.isPatch === true) continue;
    const { name } = definition.object;
    byName.set(name, [...(byName.get(name) ?? []), definition]);
  }
  for (const [cluster, applications] of live) {
    for (const [key, application] of applications) {
      const { name, namespace } = application;
      const definitions = (byName.get(name) ?? []).filter(
        ({ object }) => (object.namespace ?? namespace) === namespace,
      );
      const sources = application.sources.flatMap((source) => {
        const found = findSource(snapshot, source);
        return found === undefined ? [] : [{ source, found }];
      });
      if (definitions.length > 0 || sources.length > 0) {
        yield { cluster, key, live: application, definitions, sources };
      }
    }
  }
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
  const own = graph.at(path)?.root ?? (graph.at(parentPath(path))?.file === path ? parentPath(path) : undefined);
  const roots = [...(own === undefined ? [] : [own]), ...graph.reachedFrom(own ?? path).map(({ root }) => root)];
  return [...new Set([...definedIn(path, applications), ...roots.flatMap((root) => deployedFrom(root, applications))])];
}

/** How an Application is, in a few words: `book-dev: Synced · Healthy`, and what else matters. */
function describeLive({ name, sync, health, operation }: LiveApplication): string {
  const phase = operation?.phase ?? "";
  const failed = ["Failed", "Error"].includes(phase) ? " · last sync failed" : "";
  const busy = phase === "Running" ? " · syncing…" : phase === "Terminating" ? " · terminating…" : "";
  return `${name}: ${sync} · ${health}${failed}${busy}`;
}

/** An Application as the client names it. */
export function toEntry({ cluster, key, live }: ApplicationHere): LiveApplicationEntry {
  return { cluster, key, label: describeLive(live) };
}
