import { deployedObjects } from "../../analysis/deployedObjects";
import { objectNameOf } from "../../analysis/nameReference";
import { renderedObjects } from "../../analysis/renderedObjects";
import type { WorkspaceContext } from "../../analysis/rule";
import type { ObjectName } from "../../workspace/symbols";
import type { Mapping } from "../../yaml/node";

/** An object that others call by its name. */
export interface CatalogEntry {
  readonly node: Mapping;
  readonly object: ObjectName;
}

const known = new WeakMap<WorkspaceContext, Map<string, ReadonlyMap<string, readonly CatalogEntry[]>>>();

/**
 * The objects of a kind that a name may mean: those that are rendered together with who mentions it, else those that anything in the
 * workspace deploys. Several when there are several versions of one; what is wrong must be wrong for all of them.
 */
export function findEntries(
  context: WorkspaceContext,
  { group, kind, name, namespace }: ObjectName,
  root?: string | undefined,
): readonly CatalogEntry[] {
  const beside = root === undefined ? undefined : context.builds.find((build) => build.root === root)?.result;
  if (beside !== undefined) {
    const found = renderedObjects(beside).find(group, kind, name, namespace);
    if (found.length > 0) return found.flatMap(({ node }) => toEntry(node));
  }
  const named = entriesOf(context, group, kind).get(name) ?? [];
  return named.filter(({ object }) => isSameNamespace(object.namespace, namespace));
}

/** The objects of a kind that the workspace deploys, by name. */
export function entriesOf(
  context: WorkspaceContext,
  group: string,
  kind: string,
): ReadonlyMap<string, readonly CatalogEntry[]> {
  let kinds = known.get(context);
  if (kinds === undefined) {
    kinds = new Map();
    known.set(context, kinds);
  }
  const key = `${group}\n${kind}`;
  let entries = kinds.get(key);
  if (entries === undefined) {
    const byName = new Map<string, CatalogEntry[]>();
    for (const { node } of deployedObjects(context, group, kind)) {
      for (const entry of toEntry(node)) {
        const list = byName.get(entry.object.name);
        if (list === undefined) byName.set(entry.object.name, [entry]);
        else list.push(entry);
      }
    }
    entries = byName;
    kinds.set(key, entries);
  }
  return entries;
}

/** Whether two namespaces may be the same; what says none may be deployed to any. */
export function isSameNamespace(a: string | undefined, b: string | undefined): boolean {
  return !a || !b || a === b;
}

function toEntry(node: Mapping): readonly CatalogEntry[] {
  const object = objectNameOf(node);
  return object === undefined ? [] : [{ node, object }];
}
