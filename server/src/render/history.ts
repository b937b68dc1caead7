import type { Node } from "../yaml/node";
import type { Place } from "../yaml/source";

/** One change that a value went through. */
export interface Step {
  /** The kustomization's field that asked, for example `images`. */
  readonly field: string;
  /** The entry that asked, and its JSON pointer in its file. */
  readonly place: Place;
  readonly path: string;
  /** A sentence when field and place do not say enough. */
  readonly note?: string | undefined;
  /** Absent when the step created the value. */
  readonly before?: string | undefined;
  readonly after: string;
}

/** The changes that led to a value, oldest first; empty when it stands in its file as it is. */
export function stepsOf(node: Node): readonly Step[] {
  const steps: Step[] = [];
  let after: Node = node;
  for (let change = node.origin.change; change !== undefined; change = after.origin.change) {
    const { before, transformer, place, path, note } = change;
    steps.push({
      field: transformer,
      place,
      path,
      note,
      before: before && shortText(before),
      after: shortText(after),
    });
    if (before === undefined) break;
    after = before;
  }
  return steps.reverse();
}

/** A value in a few characters: a scalar's text, or what stands for a map or list. */
export function shortText(node: Node): string {
  if (node.kind === "scalar") return node.text;
  if (node.kind === "mapping") return node.entries.length === 0 ? "{}" : "{…}";
  return node.items.length === 0 ? "[]" : "[…]";
}
