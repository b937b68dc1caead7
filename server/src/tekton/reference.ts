import type { Scalar } from "../yaml/node";
import { type Field, fieldAt, scalarAt } from "./field";
import { type ParamValue, paramValuesOf } from "./param";

/** What a `taskRef`, `pipelineRef`, or the `ref` of a step says: a name in the cluster, or what a resolver shall fetch. */
export interface Reference extends Field {
  readonly name?: Scalar | undefined;
  /** Of a `taskRef`: absent means `Task`. */
  readonly kind?: Scalar | undefined;
  readonly apiVersion?: Scalar | undefined;
  /** For example `git`, `hub`, `bundles`, `cluster`, `http`. */
  readonly resolver?: Scalar | undefined;
  /** What the resolver is told. */
  readonly params: readonly ParamValue[];
  /** Of v1beta1, before there were resolvers. */
  readonly bundle?: Scalar | undefined;
}

/** The reference that is the value of a key. */
export function referenceAt(field: Field, key: string): Reference | undefined {
  const reference = fieldAt(field, key);
  if (reference === undefined) return undefined;
  const { node } = reference;
  return {
    ...reference,
    name: scalarAt(node, "name"),
    kind: scalarAt(node, "kind"),
    apiVersion: scalarAt(node, "apiVersion"),
    resolver: scalarAt(node, "resolver"),
    params: paramValuesOf(reference),
    bundle: scalarAt(node, "bundle"),
  };
}
