import { maxDepth } from "../yaml/anchors";
import type { Cause, Node } from "../yaml/node";
import type { Place } from "../yaml/source";
import { BuildFailure } from "./failure";

/**
 * How many characters an object may grow to by steps that copy values: copies of copies double with each step. A cluster
 * takes objects of at most 1.5 MB. What stands in a file may be larger.
 */
const largestObject = 5_000_000;

/** How many objects the layers of a build may hand on to each other: bases of bases that are used twice double too. */
export const mostObjects = 200_000;

/** How many bases and components a build may build. */
const mostLayers = 10_000;

interface Measure {
  /** The characters of all keys and scalars, and some for each value. */
  readonly size: number;
  readonly depth: number;
}

/** Values never change, so each is measured once, however often a growing object shares it. */
const measures = new WeakMap<Node, Measure>();

/** @throws BuildFailure when an object has grown too large, or nests too deep, to be handled. */
export function demandBounded(node: Node, cause: Cause): void {
  const { size, depth } = measure(node);
  if (size > largestObject) throw tooLarge(cause.place, "This step makes the object larger than 5,000,000 characters.");
  if (depth > maxDepth) throw tooLarge(cause.place, `This step nests values more than ${maxDepth} levels deep.`);
}

/** @throws BuildFailure when a text that is made of others is too long. */
export function demandBoundedText(length: number, place: Place): void {
  if (length > largestObject) throw tooLarge(place, "This step makes a text longer than 5,000,000 characters.");
}

/** @throws BuildFailure for a path with more steps than values may be nested. */
export function demandBoundedPath(path: readonly unknown[], cause: Cause): void {
  if (path.length > maxDepth) throw tooLarge(cause.place, `This path has more than ${maxDepth} steps.`);
}

/** @throws BuildFailure when the layers of a build hand on too many objects. */
export function demandFewObjects(count: number, place: Place): void {
  if (count > mostObjects) throw tooLarge(place, "With this entry the build has more than 200,000 objects.");
}

/** @throws BuildFailure when a build has built too many bases and components. */
export function demandFewLayers(count: number, place: Place): void {
  if (count > mostLayers) throw tooLarge(place, "With this entry the build has more than 10,000 bases and components.");
}

/** @throws BuildFailure when types that hold types describe too many properties. */
export function demandFewProperties(count: number, place: Place): void {
  if (count > 100_000) throw tooLarge(place, "The types in this file have more than 100,000 properties together.");
}

/**
 * The failure that a step stops with: a `BuildFailure` itself, or one at `place` for a step that ran out of stack or would make a
 * text longer than JavaScript can hold; `undefined` for anything else, which is a mistake of ours.
 */
export function failureOf(error: unknown, place: Place): BuildFailure | undefined {
  if (error instanceof BuildFailure) return error;
  return error instanceof RangeError ? tooLarge(place, "This needs more memory than there is.") : undefined;
}

function measure(node: Node): Measure {
  const known = measures.get(node);
  if (known !== undefined) return known;
  const result = node.kind === "scalar" ? { size: node.text.length + 1, depth: 0 } : measureContainer(node);
  measures.set(node, result);
  return result;
}

function measureContainer(node: Exclude<Node, { kind: "scalar" }>): Measure {
  let size = 1;
  let depth = 0;
  const add = (child: Node): void => {
    const inner = measure(child);
    size += inner.size;
    depth = Math.max(depth, inner.depth + 1);
  };
  if (node.kind === "sequence") for (const item of node.items) add(item);
  else {
    for (const { key, value } of node.entries) {
      size += key.text.length;
      add(value);
    }
  }
  return { size, depth };
}

function tooLarge(place: Place, message: string): BuildFailure {
  return new BuildFailure({
    code: "kustomization/too-large",
    severity: "error",
    place,
    message,
    help: "Look for steps or bases that repeat themselves; a build of this size is hardly meant.",
  });
}
