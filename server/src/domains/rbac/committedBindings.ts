import { chartAround } from "../../analysis/manifests";
import { objectsWithin } from "../../analysis/objectsWithin";
import type { WorkspaceContext } from "../../analysis/rule";
import { isTemplated } from "../../analysis/templates";
import { type RoleRef, rbacGroup, roleRefOf } from "../../kubernetes/bindings";
import { committedFiles } from "../../observations/committedFiles";
import type { SourceDocument } from "../../yaml/document";
import { getIn, getValue, type Node, textOf } from "../../yaml/node";
import { readDocuments } from "../../yaml/read";
import type { SourceFile } from "../../yaml/source";
import { bindingKinds } from "./objects";

/** A binding as a file writes it, with a role. */
export interface WrittenBinding {
  readonly node: Node;
  readonly kind: string;
  readonly name: string;
  /** As written. */
  readonly namespace: string | undefined;
  readonly roleRef: RoleRef;
}

/** A binding, and the one that git has of the same name in the same file. */
export interface ComparedBinding {
  readonly now: WrittenBinding;
  /** More than one where git has several of that name. */
  readonly before: readonly WrittenBinding[];
}

/**
 * The bindings that git has too, in files whose text differs from git's. A file that git does not have may be one that was renamed: then
 * bindings are those of files that are there no more.
 */
export function* comparedBindings({ snapshot, observations }: WorkspaceContext): Iterable<ComparedBinding> {
  const committed = observations.of(committedFiles);
  if (committed.size === 0) return;
  const gone = [...committed.values()].filter(({ path }) => snapshot.lookUp(path).kind === "missing");
  const definitions = bindingKinds.flatMap((kind) => snapshot.symbols.objectsOf(rbacGroup, kind));
  for (const path of new Set(definitions.map(({ place }) => place.file.path))) {
    const file = committed.get(path);
    if (file?.text === snapshot.file(path)?.text || isChartTemplate(path, snapshot)) continue;
    const before = (file === undefined ? gone : [file]).flatMap(committedBindings);
    if (before.length === 0) continue;
    for (const now of bindingsIn(snapshot.documents(path))) {
      const same = before.filter((each) => isSameObject(each, now));
      if (same.length > 0) yield { now, before: same };
    }
  }
}

const known = new WeakMap<SourceFile, readonly WrittenBinding[]>();

/** The bindings of a file of git, which never changes. */
function committedBindings(file: SourceFile): readonly WrittenBinding[] {
  let bindings = known.get(file);
  if (bindings === undefined) {
    bindings = file.text.includes(rbacGroup) ? bindingsIn(readDocuments(file)) : [];
    known.set(file, bindings);
  }
  return bindings;
}

function bindingsIn(documents: readonly SourceDocument[]): readonly WrittenBinding[] {
  return documents.flatMap((document) => {
    const { root, problems } = document;
    if (root === undefined || problems.length > 0 || isTemplated(document)) return [];
    return objectsWithin(root).flatMap((node) => viewBinding(node) ?? []);
  });
}

function viewBinding(node: Node): WrittenBinding | undefined {
  const kind = textOf(getValue(node, "kind"));
  const name = textOf(getIn(node, ["metadata", "name"]));
  const roleRef = roleRefOf(node);
  if (kind === undefined || name === undefined || roleRef === undefined || !bindingKinds.includes(kind))
    return undefined;
  if (textOf(getValue(node, "apiVersion"))?.startsWith(`${rbacGroup}/`) !== true) return undefined;
  return { node, kind, name, namespace: textOf(getIn(node, ["metadata", "namespace"])), roleRef };
}

function isSameObject(one: WrittenBinding, other: WrittenBinding): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

function isChartTemplate(path: string, snapshot: WorkspaceContext["snapshot"]): boolean {
  const chart = chartAround(path);
  return chart !== undefined && snapshot.lookUp(`${chart}/Chart.yaml`).kind === "file";
}
