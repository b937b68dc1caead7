import { parseGoInteger } from "../../yaml/goNumber";
import type { Cause, Mapping, Scalar } from "../../yaml/node";
import { applyFieldSpec, type FieldSpec } from "../fieldSpec";
import { setScalar } from "../setScalar";

/**
 * Sets the replica count in the field of `spec` (upstream `api/filters/replicacount`). Over a quoted value the count stays
 * a string, as upstream's does.
 *
 * @param count the scalar of the kustomization, for example `3` or `0x3`.
 * @throws BuildFailure when the field holds no scalar.
 */
export function setReplicas(root: Mapping, count: Scalar, spec: FieldSpec, cause: Cause): Mapping {
  const text = String(parseGoInteger(count.text) ?? 0n);
  const value = { text, tag: "int", place: count.origin.place } as const;
  return applyFieldSpec(root, spec, { create: "scalar", set: (old) => setScalar(old, value, cause) }, cause);
}
