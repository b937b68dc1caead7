import { keepsComment } from "../../yaml/emitFailure";
import type { Cause, Entry, Mapping, Node, Sequence } from "../../yaml/node";

/**
 * Marks a value, and all inside of it, as put there by `cause`. The places stay: the text of the patch is what gives the
 * value.
 *
 * @param before the value that it replaces.
 */
export function stamped<T extends Node>(node: T, before: Node | undefined, cause: Cause): T;
export function stamped(node: Node, before: Node | undefined, cause: Cause): Node {
  const origin = { place: node.origin.place, change: { ...cause, before } };
  if (node.kind === "scalar") return { ...node, origin };
  if (node.kind === "sequence") {
    return { ...node, items: node.items.map((item) => stamped(item, undefined, cause)), origin };
  }
  const entries = node.entries.map(({ key, value }) => ({ key, value: stamped(value, undefined, cause) }));
  return { ...node, entries, origin };
}

/** The container, written in brackets or not; the same object when it is so already. */
export function withFlow<T extends Mapping | Sequence>(node: T, flow: true | undefined): T {
  return node.flow === flow ? node : { ...node, flow };
}

/** Whether a node is a mapping or list without content. */
export function isEmptyCollection(node: Node | undefined): boolean {
  if (node === undefined || node.kind === "scalar") return false;
  return (node.kind === "mapping" ? node.entries : node.items).length === 0;
}

/** A container that lost something: it is itself the change, its text stays its place. */
export function lessened<T extends Node>(node: T, before: Node, cause: Cause): T {
  return { ...node, origin: { place: before.origin.place, change: { ...cause, before } } };
}

/**
 * The entry with a key that is known as made anew, so that a comment behind it is gone. That is of weight only where a map or
 * list follows: see `commentFailure`. Any other entry stays as it is.
 */
export function withoutComment(entry: Entry, cause: Cause): Entry {
  const { key, value } = entry;
  if (value.kind === "scalar" || !keepsComment(key)) return entry;
  return { key: { ...key, origin: { place: key.origin.place, change: cause } }, value };
}
