import type { Node, Scalar } from "../yaml/node";

/** All scalars of a value, in their order; keys only when asked for. */
export function* scalarsWithin(node: Node | undefined, withKeys = false): Iterable<Scalar> {
  if (node?.kind === "scalar") yield node;
  else if (node?.kind === "sequence") for (const item of node.items) yield* scalarsWithin(item, withKeys);
  else {
    for (const { key, value } of node?.entries ?? []) {
      if (withKeys) yield key;
      yield* scalarsWithin(value, withKeys);
    }
  }
}
