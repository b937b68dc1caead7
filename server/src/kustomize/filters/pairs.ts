import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { applyFieldSpecs, type FieldSpec, setEntry } from "../fieldSpec";
import { setScalar, wrongKind } from "../setScalar";

/** One label or annotation, as the kustomization writes it. */
export interface Pair {
  readonly key: Scalar;
  readonly value: Scalar;
}

/**
 * Sets labels or annotations in the mappings that `specs` name; the filters of `labels`, `commonLabels` and
 * `commonAnnotations` (upstream `api/filters/labels` and `annotations`). Values are strings whatever they look like.
 *
 * @throws BuildFailure when something other than a mapping stands where the pairs belong.
 */
export function setPairs(root: Mapping, pairs: readonly Pair[], specs: readonly FieldSpec[], cause: Cause): Mapping {
  if (pairs.length === 0) return root;
  const set = (old: Node | undefined): Node => {
    if (old === undefined) return addPairs(emptyMapping(cause), pairs, cause);
    if (old.kind === "mapping") return addPairs(old, pairs, cause);
    if (old.kind === "scalar" && old.tag === "null") return old;
    throw wrongKind("mapping", old, cause);
  };
  return applyFieldSpecs(root, specs, { create: "mapping", set }, cause);
}

function addPairs(mapping: Mapping, pairs: readonly Pair[], cause: Cause): Mapping {
  return pairs.reduce((result, { key, value }) => {
    const old = getValue(result, key.text);
    const scalar = old?.kind === "scalar" ? old : undefined;
    const made = setScalar(scalar, { text: value.text, tag: "str", place: value.origin.place }, cause);
    const withBefore = old === undefined || old === scalar ? made : changedFrom(made, old, cause);
    return setEntry(result, key.text, withBefore, cause, key.origin.place);
  }, mapping);
}

/** A pair replaces whatever stands under its key, a mapping or list too. */
function changedFrom(made: Scalar, before: Node, cause: Cause): Scalar {
  return { ...made, origin: { place: made.origin.place, change: { ...cause, before } } };
}

function emptyMapping(cause: Cause): Mapping {
  return { kind: "mapping", entries: [], origin: { place: cause.place, change: cause } };
}
