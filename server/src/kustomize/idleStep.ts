import type { Cause, Mapping, Node } from "../yaml/node";
import { getValue } from "../yaml/node";
import type { Resource } from "./resource";

/**
 * A step that was carried out and yet did nothing. Kustomize does not say a word about such a step, so it is no problem of the build;
 * rules that know all builds judge it.
 */
export interface IdleStep {
  /** `selectsNothing`: its target means no object. `changesNothing`: the objects are what they were before. */
  readonly reason: "selectsNothing" | "changesNothing";
  /** The entry that asked for the step, or the part of it that means the objects. */
  readonly cause: Cause;
  /** The objects that there were when the step was done. Empty where there was nothing to do anything to. */
  readonly among: readonly Resource[];
}

/** Whether two values print the same, but for comments and order of keys. What they share costs nothing. */
export function isSameValue(a: Node, b: Node): boolean {
  if (a === b) return true;
  if (a.kind === "scalar") return b.kind === "scalar" && a.text === b.text && a.tag === b.tag;
  if (a.kind === "sequence") {
    if (b.kind !== "sequence" || a.items.length !== b.items.length) return false;
    return a.items.every((item, i) => {
      const other = b.items[i];
      return other !== undefined && isSameValue(item, other);
    });
  }
  return b.kind === "mapping" && isSameMapping(a, b);
}

function isSameMapping(a: Mapping, b: Mapping): boolean {
  if (a.entries.length !== b.entries.length) return false;
  return a.entries.every(({ key, value }, i) => {
    const beside = b.entries[i];
    const other = beside?.key.text === key.text ? beside.value : getValue(b, key.text);
    return other !== undefined && isSameValue(value, other);
  });
}
