import type { Node } from "../../yaml/node";
import { wrongKindDetail } from "../setScalar";

/** Two values that cannot be merged; `message` is upstream's wording. Never leaves the merge. */
export class MergeConflict extends Error {
  constructor(
    message: string,
    /** The value that does not fit. */
    readonly at: Node,
  ) {
    super(message);
  }
}

/** Fails unless `node` is of the kind; null and nothing fit any kind. */
export function demandKind(node: Node | undefined, kind: Node["kind"]): void {
  if (node === undefined || isNull(node) || node.kind === kind) return;
  throw new MergeConflict(wrongKindDetail(kind, node), node);
}

/** Whether there is no value: nothing, or null. */
export function isMissing(node: Node | undefined): boolean {
  return node === undefined || isNull(node);
}

export function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.tag === "null";
}
