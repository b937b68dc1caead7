import { type Entry, getValue, type Mapping, type Node, type Scalar } from "../yaml/node";

/**
 * Upstream puts one node into every field that a label or annotation creates, and changes nodes in place: a later change of
 * the label changes its selector too. Here such a value is one object, known as shared, and whoever replaces it in one
 * place replaces it in all of them.
 */
const shared = new WeakSet<Scalar>();

/** Makes a value known as standing in several places. */
export function share(scalar: Scalar): Scalar {
  shared.add(scalar);
  return scalar;
}

/** A value that stands for itself only: the same object, or a copy of one that was shared. */
export function unshared(scalar: Scalar): Scalar {
  return shared.has(scalar) ? { ...scalar } : scalar;
}

/** The copy of a whole value: nothing in it stands anywhere else. */
export function unsharedWithin(node: Node): Node {
  if (node.kind === "scalar") return unshared(node);
  if (node.kind === "sequence") {
    const items = node.items.map(unsharedWithin);
    return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
  }
  const entries = node.entries.map((entry): Entry => {
    const value = unsharedWithin(entry.value);
    return value === entry.value ? entry : { key: entry.key, value };
  });
  return entries.every((entry, i) => entry === node.entries[i]) ? node : { ...node, entries };
}

/** The object with annotations that stand for themselves only. */
export function withOwnAnnotations(root: Mapping): Mapping {
  const metadata = getValue(root, "metadata");
  const annotations = getValue(metadata, "annotations");
  if (metadata?.kind !== "mapping" || annotations?.kind !== "mapping") return root;
  if (!annotations.entries.some(({ value }) => value.kind === "scalar" && shared.has(value))) return root;
  const entries = annotations.entries.map(
    ({ key, value }): Entry => ({ key, value: value.kind === "scalar" ? unshared(value) : value }),
  );
  return inPlaceOf(root, metadata, inPlaceOf(metadata, annotations, { ...annotations, entries }));
}

function inPlaceOf(parent: Mapping, old: Node, value: Node): Mapping {
  return { ...parent, entries: parent.entries.map((entry) => (entry.value === old ? { ...entry, value } : entry)) };
}

/** What became of shared values in one step: the value before, and the one that takes its place. */
export type Replaced = Map<Scalar, Scalar>;

/** Notes that a value was replaced in one of its places; does nothing for one that stands nowhere else. */
export function noteReplaced(replaced: Replaced, old: Node | undefined, value: Node): void {
  if (old?.kind !== "scalar" || value.kind !== "scalar" || old === value || !shared.has(old)) return;
  replaced.set(old, share(value));
}

/** What has become of a value so far; any other node as it is. */
export function currentValue(replaced: Replaced, node: Node): Node {
  let current = node;
  while (current.kind === "scalar") {
    const next = replaced.get(current);
    if (next === undefined) break;
    current = next;
  }
  return current;
}

/** Replaces shared values in all the places where they still stand. */
export function replaceEverywhere(root: Mapping, replaced: Replaced): Mapping {
  return replaced.size === 0 ? root : inMapping(root, replaced);
}

function inNode(node: Node, replaced: Replaced): Node {
  if (node.kind === "scalar") return currentValue(replaced, node);
  if (node.kind === "mapping") return inMapping(node, replaced);
  const items = node.items.map((item) => inNode(item, replaced));
  return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
}

function inMapping(node: Mapping, replaced: Replaced): Mapping {
  let changed = false;
  const entries = node.entries.map((entry): Entry => {
    const value = inNode(entry.value, replaced);
    if (value === entry.value) return entry;
    changed = true;
    return { key: entry.key, value };
  });
  return changed ? { ...node, entries } : node;
}
