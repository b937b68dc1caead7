import type { Cause, Node } from "../../yaml/node";

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

/** A container that lost something: it is itself the change, its text stays its place. */
export function lessened<T extends Node>(node: T, before: Node, cause: Cause): T {
  return { ...node, origin: { place: before.origin.place, change: { ...cause, before } } };
}
