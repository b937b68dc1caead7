import { didYouMean } from "../../platform/didYouMean";
import type { Cause, Scalar } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { BuildFailure } from "../failure";
import type { FieldSpec } from "../fieldSpec";
import { setReplicas } from "../filters/replicas";
import type { MergeSchema } from "../merge/mergeSchema";
import { previousIdsOf, type Resource, withNode } from "../resource";
import { gvkText, isSelectedBy } from "../resourceId";
import type { ResourceSet } from "../resourceSet";
import { changeAll, type Transformer } from "./transformer";

/** An entry of `replicas`. */
export interface ReplicaChange {
  readonly name: string;
  /** Where the name stands, when it does. */
  readonly place?: Place | undefined;
  /** Absent: zero. */
  readonly count: Scalar;
  readonly specs: readonly FieldSpec[];
}

/** Sets the replica count of the objects with a name (upstream: `ReplicaCountTransformer`). */
export function replicaTransformer(change: ReplicaChange, schema: MergeSchema, cause: Cause): Transformer {
  return { kind: "ReplicaCountTransformer", apply: (set) => apply(set, change, schema, cause) };
}

function apply(
  set: ResourceSet,
  { name, place, count, specs }: ReplicaChange,
  schema: MergeSchema,
  cause: Cause,
): void {
  const found = new Set<Resource>();
  changeAll(set, (resource) => {
    const ids = [resource.id, ...previousIdsOf(resource)].filter((id) => id.name === name);
    if (ids.length === 0) return resource;
    return specs.reduce((current, spec) => {
      if (!ids.some((id) => isSelectedBy(id, spec))) return current;
      found.add(resource);
      return withNode(current, setReplicas(current.node, count, spec, cause), schema.isClusterScoped);
    }, resource);
  });
  if (found.size > 0) return;
  const near = nearName(set, name, specs);
  const types = specs.map(({ group = "", version = "", kind = "" }) => gvkText({ group, version, kind }));
  throw new BuildFailure({
    code: "kustomization/replicas-target-not-found",
    severity: "error",
    place: place ?? cause.place,
    message: `Nothing called ${name} has replicas here.${near === undefined ? "" : ` There is ${near}.`}`,
    help: "Correct the name; it is the one before prefixes and suffixes, or any that the object has had.",
    detail: `resource with name ${name} does not match a config with the following GVK [${types.join(" ")}]`,
    data: { suggestion: near },
  });
}

/** The name of an object with replicas that looks like the wanted one. */
function nearName(set: ResourceSet, name: string, specs: readonly FieldSpec[]): string | undefined {
  const scalable = set.resources.filter(({ id }) => specs.some((spec) => isSelectedBy(id, spec)));
  return didYouMean(
    name,
    scalable.map(({ id }) => id.name),
  );
}
