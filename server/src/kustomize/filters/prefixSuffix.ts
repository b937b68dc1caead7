import type { Cause, Mapping, Node } from "../../yaml/node";
import { applyFieldSpec, type FieldSpec } from "../fieldSpec";
import { type GroupVersionKind, isSelectedBy } from "../resourceId";
import { setScalar } from "../setScalar";

/** What to put before and behind the value of a field. */
export interface Affixes {
  readonly prefix?: string;
  readonly suffix?: string;
}

/**
 * Puts a prefix before, or a suffix behind, the fields of `spec` (upstream `api/filters/prefix` and `suffix`). The value is
 * derived, so it keeps its place; plain text decides its type anew.
 *
 * @throws BuildFailure when the field holds no scalar.
 */
export function affixName(root: Mapping, affixes: Affixes, spec: FieldSpec, cause: Cause): Mapping {
  const { prefix = "", suffix = "" } = affixes;
  const set = (old: Node | undefined): Node => {
    const text = old?.kind === "scalar" ? old.text : "";
    return setScalar(old, { text: `${prefix}${text}${suffix}` }, cause);
  };
  return applyFieldSpec(root, spec, { create: "scalar", set }, cause);
}

/** Kinds whose objects never get a prefix or suffix: others find them by their exact names. */
const neverAffixed = [
  { kind: "CustomResourceDefinition" },
  { group: "apiregistration.k8s.io", kind: "APIService" },
  { kind: "Namespace" },
];

/** Whether `namePrefix` and `nameSuffix` pass over objects of this (original) type. */
export function keepsItsName(type: GroupVersionKind): boolean {
  return neverAffixed.some((selector) => isSelectedBy(type, selector));
}
