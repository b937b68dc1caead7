import { type Cause, getValue, type Mapping, type Node, withoutKey } from "../../yaml/node";
import { madeKey, setEntry } from "../fieldSpec";
import type { MergeSchema } from "../merge/mergeSchema";
import { mergeStrategically } from "../merge/strategicMerge";
import { tagWritten } from "../setScalar";

/** What `patches[].options` allows a strategic-merge patch to change. */
export interface PatchOptions {
  readonly allowNameChange?: boolean | undefined;
  readonly allowKindChange?: boolean | undefined;
  readonly schema: MergeSchema;
}

/**
 * Applies a strategic-merge patch to an object. The object keeps its namespace, and its name and kind unless the options
 * allow the patch to change them (upstream `Resource.ApplySmPatch`).
 *
 * @returns `undefined` when the patch deletes the object.
 * @throws BuildFailure when patch and object do not fit.
 */
export function applyStrategicPatch(
  target: Mapping,
  patch: Mapping,
  options: PatchOptions,
  cause: Cause,
): Mapping | undefined {
  const merged = mergeStrategically(target, patch, options.schema, cause);
  if (merged === undefined || merged.entries.length === 0) return undefined;
  if (merged === target) return target;
  let result = merged;
  const metadata = getValue(target, "metadata");
  if (!options.allowKindChange) result = restored(result, "kind", getValue(target, "kind"), cause);
  if (!options.allowNameChange) result = inMetadata(result, "name", getValue(metadata, "name"), cause);
  return inMetadata(result, "namespace", nonEmpty(getValue(metadata, "namespace")), cause);
}

function inMetadata(root: Mapping, key: string, value: Node | undefined, cause: Cause): Mapping {
  const metadata = getValue(root, "metadata");
  if (metadata?.kind === "mapping") {
    const result = restored(metadata, key, value, cause);
    return result === metadata ? root : setEntry(root, "metadata", result, cause);
  }
  if (value === undefined) return root;
  const entries = [{ key: madeKey(key, cause), value }];
  const made: Mapping = { kind: "mapping", entries, origin: { place: cause.place, change: cause } };
  return setEntry(root, "metadata", made, cause);
}

/**
 * Puts back the value that a field had before the patch; without one, the field goes. As upstream sets it anew, it has no type of its own, and the
 * quotes of what stands there after the merge: the string `1` that a transformer has set becomes a number when a patch names its namespace.
 */
function restored(mapping: Mapping, key: string, value: Node | undefined, cause: Cause): Mapping {
  const merged = getValue(mapping, key);
  if (value === undefined) return withoutKey(mapping, key);
  if (value.kind !== "scalar") return merged === value ? mapping : setEntry(mapping, key, value, cause);
  const style = merged?.kind === "scalar" ? merged.style : "plain";
  return setEntry(
    mapping,
    key,
    { ...value, style, tag: tagWritten(value.text, undefined, style), untyped: true },
    cause,
  );
}

function nonEmpty(node: Node | undefined): Node | undefined {
  return node?.kind === "scalar" && (node.tag === "null" || node.text === "") ? undefined : node;
}
