import { isInside, parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import { getIn, type Mapping } from "../yaml/node";
import { chartAround, holdsParts, isToFillIn } from "./manifests";
import { objectsWithin } from "./objectsWithin";
import { renderedObjects } from "./renderedObjects";
import type { BuildContext, WorkspaceContext } from "./rule";

/** An object as it reaches a cluster. */
export interface DeployedObject {
  readonly node: Mapping;
  /** The kustomization that renders it; absent for a manifest that no kustomization lists. */
  readonly root?: string | undefined;
}

const known = new WeakMap<WorkspaceContext, Map<string, readonly DeployedObject[]>>();

/**
 * Every object of a kind as it reaches a cluster: from the builds that no other kustomization includes, and from manifests that no
 * kustomization lists. What a base renders for its overlays is not deployed itself, and templates of charts are no objects yet.
 */
export function deployedObjects(context: WorkspaceContext, group: string, kind: string): readonly DeployedObject[] {
  let byKind = known.get(context);
  if (byKind === undefined) {
    byKind = new Map();
    known.set(context, byKind);
  }
  const key = `${group}\n${kind}`;
  let objects = byKind.get(key);
  if (objects === undefined) {
    objects = [...rendered(context, group, kind), ...loose(context, group, kind)];
    byKind.set(key, objects);
  }
  return objects;
}

const byRoot = new WeakMap<WorkspaceContext, ReadonlyMap<string, BuildContext>>();

/** The build of a kustomization. */
export function buildAt(context: WorkspaceContext, root: string): BuildContext | undefined {
  let builds = byRoot.get(context);
  if (builds === undefined) {
    builds = new Map(context.builds.map((build) => [build.root, build]));
    byRoot.set(context, builds);
  }
  return builds.get(root);
}

/** Whether all that is deployed together with an object is known: no remote base, no chart, no mistake in its build. */
export function isFullyKnown(context: WorkspaceContext, { root }: DeployedObject): boolean {
  return root === undefined || buildAt(context, root)?.result.complete === true;
}

/** Whether an object lies below a kustomization and none lists it: somebody may have left it there for later. */
export function isLeftOut({ graph, folders }: Snapshot, { root, node }: DeployedObject): boolean {
  if (root !== undefined) return false;
  let at = parentPath(node.origin.place.file.path);
  while (folders.some((folder) => isInside(folder, at))) {
    if (graph.at(at) !== undefined) return true;
    if (at === "/") return false;
    at = parentPath(at);
  }
  return false;
}

function* rendered({ snapshot, builds }: WorkspaceContext, group: string, kind: string): Iterable<DeployedObject> {
  for (const { root, result } of builds) {
    if (snapshot.graph.includersOf(root).length > 0) continue;
    for (const { node } of renderedObjects(result).ofKind(group, kind)) yield { node, root };
  }
}

function* loose({ snapshot }: WorkspaceContext, group: string, kind: string): Iterable<DeployedObject> {
  for (const { place, isPatch } of snapshot.symbols.objectsOf(group, kind)) {
    const { path } = place.file;
    if (isPatch === true || holdsParts(path) || isToFillIn(path) || snapshot.graph.includersOf(path).length > 0)
      continue;
    const chart = chartAround(path);
    if (chart !== undefined && snapshot.lookUp(`${chart}/Chart.yaml`).kind === "file") continue;
    const document = snapshot.documents(path).find(({ start, end }) => start <= place.start && place.end <= end);
    if (document?.root === undefined || document.problems.length > 0) continue;
    const named = objectsWithin(document.root).find(
      (object) => getIn(object, ["metadata", "name"])?.origin.place.start === place.start,
    );
    if (named?.kind === "mapping") yield { node: named };
  }
}
