import { groupOf } from "../kubernetes/apiGroup";
import { committedFiles } from "../observations/committedFiles";
import type { SourceDocument } from "../yaml/document";
import { getIn, getValue, type Mapping, textOf } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import type { SourceFile } from "../yaml/source";
import { isInChart } from "./manifests";
import { objectsWithin } from "./objectsWithin";
import type { WorkspaceContext } from "./rule";
import { isTemplated } from "./templates";

/** An object as a file writes it, and those that git has of the same kind, name and namespace in the same file. */
export interface ComparedObject {
  readonly now: Mapping;
  /** More than one where git has several of that name. */
  readonly before: readonly Mapping[];
}

/**
 * The objects of some kinds that git has too, in files whose text differs from git's. A file that git does not have may be one that was
 * renamed: then objects are those of files that are there no more. The domain of the rule has to name the kinds in `comparedKinds`.
 */
export function* comparedObjects(
  { snapshot, observations }: WorkspaceContext,
  group: string,
  kinds: readonly string[],
): Iterable<ComparedObject> {
  const committed = observations.of(committedFiles);
  if (committed.size === 0) return;
  const gone = [...committed.values()].filter(({ path }) => snapshot.lookUp(path).kind === "missing");
  const definitions = kinds.flatMap((kind) => snapshot.symbols.objectsOf(group, kind));
  const isMeant = (id: ObjectId): boolean => id.group === group && kinds.includes(id.kind);
  for (const path of new Set(definitions.map(({ place }) => place.file.path))) {
    const file = committed.get(path);
    if (file?.text === snapshot.file(path)?.text || isInChart(snapshot, path)) continue;
    const before = (file === undefined ? gone : [file]).flatMap(committedObjects).filter(({ id }) => isMeant(id));
    if (before.length === 0) continue;
    for (const { node, id } of objectsIn(snapshot.documents(path))) {
      const same = isMeant(id) ? before.filter((each) => isSame(each.id, id)) : [];
      if (same.length > 0) yield { now: node, before: same.map((each) => each.node) };
    }
  }
}

interface ObjectId {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** As written. */
  readonly namespace: string | undefined;
}

interface NamedObject {
  readonly node: Mapping;
  readonly id: ObjectId;
}

const known = new WeakMap<SourceFile, readonly NamedObject[]>();

/** The objects of a file of git, which never changes. */
function committedObjects(file: SourceFile): readonly NamedObject[] {
  let objects = known.get(file);
  if (objects === undefined) {
    objects = objectsIn(readDocuments(file));
    known.set(file, objects);
  }
  return objects;
}

function objectsIn(documents: readonly SourceDocument[]): readonly NamedObject[] {
  return documents.flatMap((document) => {
    const { root, problems } = document;
    if (root === undefined || problems.length > 0 || isTemplated(document)) return [];
    return objectsWithin(root).flatMap((node) => {
      const kind = textOf(getValue(node, "kind"));
      const name = textOf(getIn(node, ["metadata", "name"]));
      if (node.kind !== "mapping" || kind === undefined || name === undefined) return [];
      const apiVersion = textOf(getValue(node, "apiVersion")) ?? "";
      const namespace = textOf(getIn(node, ["metadata", "namespace"]));
      return [{ node, id: { group: groupOf(apiVersion), kind, name, namespace } }];
    });
  });
}

function isSame(one: ObjectId, other: ObjectId): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}
