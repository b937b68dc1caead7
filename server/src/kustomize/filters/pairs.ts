import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { applyFieldSpecs, type FieldSpec, setEntry } from "../fieldSpec";
import { quotedIfAmbiguous, setScalar, wrongKind } from "../setScalar";
import { noteReplaced, type Replaced, replaceEverywhere, share } from "../sharedScalar";

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
  const setting: Setting = { cause, made: new Map(), replaced: new Map() };
  const set = (old: Node | undefined): Node => {
    if (old === undefined) return addPairs(emptyMapping(cause), pairs, setting);
    if (old.kind === "mapping") return addPairs(old, pairs, setting);
    if (old.kind === "scalar" && old.tag === "null") return old;
    throw wrongKind("mapping", old, cause);
  };
  return replaceEverywhere(applyFieldSpecs(root, specs, { create: "mapping", set }, cause), setting.replaced);
}

interface Setting {
  readonly cause: Cause;
  /** The values that were made for new fields, one for each pair. */
  readonly made: Map<Pair, Scalar>;
  readonly replaced: Replaced;
}

function addPairs(mapping: Mapping, pairs: readonly Pair[], setting: Setting): Mapping {
  return pairs.reduce((result, pair) => {
    const { key, value } = pair;
    const old = getValue(result, key.text);
    const set = old === undefined ? newValue(pair, setting) : valueOver(old, value, setting);
    return setEntry(result, key.text, set, setting.cause, key.origin.place);
  }, mapping);
}

/** The value for a field that is missing: one for all such fields of the object, as upstream has it. */
function newValue(pair: Pair, { cause, made }: Setting): Scalar {
  const known = made.get(pair);
  if (known !== undefined) return share(known);
  const { text, origin } = pair.value;
  const value = quotedIfAmbiguous(setScalar(undefined, { text, tag: "str", place: origin.place }, cause));
  made.set(pair, value);
  return value;
}

function valueOver(old: Node, { text, origin }: Scalar, { cause, replaced }: Setting): Scalar {
  const scalar = old.kind === "scalar" ? old : undefined;
  const known = scalar && replaced.get(scalar);
  if (known?.text === text) return known;
  const made = setScalar(scalar, { text, tag: "str", place: origin.place }, cause);
  const value = old === scalar ? made : changedFrom(made, old, cause);
  noteReplaced(replaced, old, value);
  return value;
}

/** A pair replaces whatever stands under its key, a mapping or list too. */
function changedFrom(made: Scalar, before: Node, cause: Cause): Scalar {
  return { ...made, origin: { place: made.origin.place, change: { ...cause, before } } };
}

function emptyMapping(cause: Cause): Mapping {
  return { kind: "mapping", entries: [], origin: { place: cause.place, change: cause } };
}
