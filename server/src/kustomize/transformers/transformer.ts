import type { Cause, Mapping } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import type { Field } from "../fields";
import type { MergeSchema } from "../merge/mergeSchema";
import { type Resource, withNode } from "../resource";
import type { ResourceSet } from "../resourceSet";

/** One configured step over all objects of a layer. */
export interface Transformer {
  /** The built-in plugin that upstream runs for it, for example `ImageTagTransformer`; `buildMetadata` prints it. */
  readonly kind: string;
  /**
   * Changes the set. Either all of the step happens or nothing.
   * @throws BuildFailure when the step cannot be done.
   */
  apply(set: ResourceSet): void;
}

/** Applies a filter to the value of every object. */
export function filterAll(set: ResourceSet, schema: MergeSchema, filter: (node: Mapping) => Mapping): void {
  changeAll(set, (resource) => withNode(resource, filter(resource.node), schema.isClusterScoped));
}

/** Replaces every resource; the set changes only when all went well. */
export function changeAll(set: ResourceSet, change: (resource: Resource) => Resource): void {
  const before = set.resources;
  const after = before.map(change);
  if (after.some((resource, i) => resource !== before[i])) set.replaceAll(after);
}

/** Who asks for the change: a field of a kustomization, or an entry of one. */
export function causeOf(transformer: string, field: Field, place: Place = field.node.origin.place): Cause {
  return { transformer, place, path: field.path };
}
