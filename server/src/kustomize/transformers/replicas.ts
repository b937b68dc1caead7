import type { Cause, Scalar } from "../../yaml/node";
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
  /** Absent: zero. */
  readonly count: Scalar;
  readonly specs: readonly FieldSpec[];
}

/** Sets the replica count of the objects with a name (upstream: `ReplicaCountTransformer`). */
export function replicaTransformer(change: ReplicaChange, schema: MergeSchema, cause: Cause): Transformer {
  return { kind: "ReplicaCountTransformer", apply: (set) => apply(set, change, schema, cause) };
}

function apply(set: ResourceSet, { name, count, specs }: ReplicaChange, schema: MergeSchema, cause: Cause): void {
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
  const types = specs.map(({ group = "", version = "", kind = "" }) => gvkText({ group, version, kind }));
  throw new BuildFailure({
    code: "kustomization/replicas-target-not-found",
    severity: "error",
    place: cause.place,
    message: `Nothing called ${name} has replicas here.`,
    help: "Correct the name; it is the one before prefixes and suffixes, or any that the object has had.",
    detail: `resource with name ${name} does not match a config with the following GVK [${types.join(" ")}]`,
  });
}
