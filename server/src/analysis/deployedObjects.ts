import { isInside, parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import type { Definition } from "../workspace/symbols";
import type { SourceDocument } from "../yaml/document";
import { getIn, type Mapping } from "../yaml/node";
import { holdsParts, isInChart, isToFillIn } from "./manifests";
import { objectsWithin } from "./objectsWithin";
import { renderedObjects } from "./renderedObjects";
import type { BuildContext, WorkspaceContext } from "./rule";

/** An object as it reaches a cluster. */
export interface DeployedObject {
  readonly objectName: string;
  /** Of a manifest that no kustomization lists it is read when it is first asked for, so ask for it last. */
  readonly node: Mapping;
  /** Where a manifest that no kustomization lists has it. */
  readonly written?: WrittenObject | undefined;
  /** The kustomization that renders it; absent for a manifest that no kustomization lists. */
  readonly root?: string | undefined;
}

/** An object of a document: which one, says the offset of its name from the start of the document. */
export interface WrittenObject {
  readonly document: SourceDocument;
  readonly at: number;
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
export function isFullyKnown(context: WorkspaceContext, { root }: Pick<DeployedObject, "root">): boolean {
  return root === undefined || buildAt(context, root)?.result.complete === true;
}

/** Whether an object lies below a kustomization and none lists it: somebody may have left it there for later. */
export function isLeftOut({ graph, folders }: Snapshot, { written }: Pick<DeployedObject, "written">): boolean {
  if (written === undefined) return false;
  let at = parentPath(written.document.file.path);
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
    for (const { id, node } of renderedObjects(result).ofKind(group, kind)) yield { objectName: id.name, node, root };
  }
}

function* loose({ snapshot }: WorkspaceContext, group: string, kind: string): Iterable<DeployedObject> {
  for (const definition of snapshot.symbols.objectsOf(group, kind)) {
    const { place, isPatch } = definition;
    const { path } = place.file;
    if (isPatch === true || holdsParts(path) || isToFillIn(path) || snapshot.graph.includersOf(path).length > 0)
      continue;
    if (isInChart(snapshot, path)) continue;
    const document = snapshot.documents(path).find(({ start, end }) => start <= place.start && place.end <= end);
    if (document === undefined || document.problems.length > 0) continue;
    // While a file is no YAML, the symbols are still those of an older text.
    if (document.file !== place.file && findNamed(document, place.start) === undefined) continue;
    yield writtenObject(definition, document);
  }
}

/** The object that a definition of a document names. */
function writtenObject({ object, place }: Definition, document: SourceDocument): DeployedObject {
  let node: Mapping | undefined;
  return {
    objectName: object.name,
    written: { document, at: place.start - document.start },
    get node() {
      node ??= findNamed(document, place.start) ?? { kind: "mapping", entries: [], origin: { place } };
      return node;
    },
  };
}

/** The object whose name stands at an offset; there is one wherever the symbols of the same text have a definition. */
function findNamed({ root }: SourceDocument, start: number): Mapping | undefined {
  const objects = root === undefined ? [] : objectsWithin(root);
  const named = objects.find((object) => getIn(object, ["metadata", "name"])?.origin.place.start === start);
  return named?.kind === "mapping" ? named : undefined;
}
