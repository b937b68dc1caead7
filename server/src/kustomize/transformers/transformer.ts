import type { Cause, Mapping } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import type { Field } from "../fields";
import type { MergeSchema } from "../merge/mergeSchema";
import { type Resource, withNode } from "../resource";
import type { ResourceSet } from "../resourceSet";
import type { StepMemo } from "../stepMemo";

/** One configured step over all objects of a layer. */
export interface Transformer {
  /** The built-in plugin that upstream runs for it, for example `ImageTagTransformer`; `buildMetadata` prints it. */
  readonly kind: string;
  /**
   * Changes the set. Either all of the step happens or nothing.
   * @param memo what the same step made of each resource the last time; a step that looks at more than one resource at a
   * time makes no use of it.
   * @throws BuildFailure when the step cannot be done.
   */
  apply(set: ResourceSet, memo?: StepMemo): void;
}

/** A step that looks at one resource at a time. */
export function eachResource(kind: string, change: (resource: Resource) => Resource): Transformer {
  return { kind, apply: (set, memo) => changeAll(set, change, memo) };
}

/** A step that changes the value of each object by itself. */
export function eachNode(kind: string, schema: MergeSchema, filter: (node: Mapping) => Mapping): Transformer {
  return eachResource(kind, (resource) => withNode(resource, filter(resource.node), schema.isClusterScoped));
}

/** Replaces every resource; the set changes only when all went well. */
export function changeAll(set: ResourceSet, change: (resource: Resource) => Resource, memo?: StepMemo): void {
  const before = set.resources;
  const after = memo === undefined ? before.map(change) : memo.mapAll(before, change);
  if (after.some((resource, i) => resource !== before[i])) set.replaceAll(after);
}

/** Who asks for the change: a field of a kustomization, or an entry of one. */
export function causeOf(transformer: string, field: Field, place: Place = field.node.origin.place): Cause {
  return { transformer, place, path: field.path };
}
