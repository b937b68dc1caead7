import type { Snapshot } from "../workspace/snapshot";
import { renderedObjects } from "./renderedObjects";
import type { WorkspaceContext } from "./rule";

/** The names that objects of one kind have, with the namespaces in which they are; `undefined` stands for one that nobody wrote. */
export interface KnownNames {
  readonly namespacesOf: ReadonlyMap<string, ReadonlySet<string | undefined>>;
  /** Whether there is such an object, or may be one in a file that cannot be read. A namespace that one side leaves out matches any. */
  has(name: string, namespace?: string): boolean;
  /** The names in a namespace, those without a namespace included. */
  namesIn(namespace: string | undefined): readonly string[];
}

const known = new WeakMap<WorkspaceContext, Map<string, KnownNames>>();

/**
 * Every name that an object of a kind has anywhere: as it is written in some file, or as some build renders it. For rules about what
 * does not exist: what is in here does, whoever deploys it.
 */
export function knownNames(context: WorkspaceContext, group: string, kind: string): KnownNames {
  let byKind = known.get(context);
  if (byKind === undefined) {
    byKind = new Map();
    known.set(context, byKind);
  }
  const key = `${group}\n${kind}`;
  let names = byKind.get(key);
  if (names === undefined) {
    names = collect(context, group, kind);
    byKind.set(key, names);
  }
  return names;
}

function collect({ snapshot, builds }: WorkspaceContext, group: string, kind: string): KnownNames {
  const namespacesOf = new Map<string, Set<string | undefined>>();
  const add = (name: string, namespace: string | undefined): void => {
    const namespaces = namespacesOf.get(name);
    if (namespaces === undefined) namespacesOf.set(name, new Set([namespace]));
    else namespaces.add(namespace);
  };
  const unread = namesInBroken(snapshot, kind);
  for (const { object } of snapshot.symbols.objectsOf(group, kind)) add(object.name, object.namespace);
  for (const { result } of builds) {
    for (const { id } of renderedObjects(result).ofKind(group, kind)) add(id.name, id.namespace || undefined);
  }
  const isIn = (namespaces: ReadonlySet<string | undefined>, namespace: string | undefined): boolean =>
    namespace === undefined || namespaces.has(namespace) || namespaces.has(undefined);
  return {
    namespacesOf,
    has(name, namespace) {
      const namespaces = namespacesOf.get(name);
      return unread.has(name) || (namespaces !== undefined && isIn(namespaces, namespace));
    },
    namesIn: (namespace) =>
      [...namespacesOf].filter(([, namespaces]) => isIn(namespaces, namespace)).map(([name]) => name),
  };
}

/**
 * The names in files that are no YAML at present, where they write the kind too: a mistake in the text is told, and that what it defines
 * is missing would be the same once more.
 */
function namesInBroken(snapshot: Snapshot, kind: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of snapshot.yamlFiles()) {
    if (snapshot.facts(path).broken !== true) continue;
    const text = snapshot.file(path)?.text ?? "";
    if (![...text.matchAll(/\bkind:[ \t]*["']?([\w.-]+)/g)].some(([, written]) => written === kind)) continue;
    for (const [, name] of text.matchAll(/\bname:[ \t]*["']?([\w.-]+)/g)) if (name !== undefined) names.add(name);
  }
  return names;
}
