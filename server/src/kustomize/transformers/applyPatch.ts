import type { Cause, Entry, Mapping, Node, Sequence } from "../../yaml/node";
import { getValue, withoutKey, withValue } from "../../yaml/node";
import { resolveTag } from "../../yaml/scalar";
import { madeKey, setEntry } from "../fieldSpec";
import { applyStrategicPatch } from "../filters/patch";
import { applyJsonPatch, type JsonPatchOperation } from "../merge/jsonPatch";
import type { MergeSchema } from "../merge/mergeSchema";
import { type Resource, rememberId, withNode } from "../resource";
import { isEmptyCopy } from "../setScalar";
import { remembered, withNotes, withoutNotes } from "./notes";

/** What a strategic-merge patch may do besides merging. */
export interface PatchAllowances {
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

/**
 * Merges a patch into a resource (upstream: `Resource.ApplySmPatch`).
 * @returns `undefined` when the patch deletes the resource.
 * @throws BuildFailure when patch and object do not fit.
 */
export function applyStrategicMerge(
  resource: Resource,
  patch: Mapping,
  allowances: PatchAllowances,
  schema: MergeSchema,
  cause: Cause,
): Resource | undefined {
  const before = allowances.allowNameChange || allowances.allowKindChange ? rememberId(resource) : resource;
  const seesNotes = mayDropAnnotations(patch);
  const target = seesNotes ? withNotes(before, cause) : resource.node;
  const patched = applyStrategicPatch(target, patch, { ...allowances, schema }, cause);
  if (patched === undefined) return undefined;
  if (!seesNotes) return withNode(before, patched, schema.isClusterScoped);
  return withNode(remembered(before, patched, true), withoutNotes(patched, resource.node), schema.isClusterScoped);
}

/** Only a null or a directive can take annotations away that the patch does not name. */
function mayDropAnnotations(patch: Mapping): boolean {
  const metadata = getValue(patch, "metadata");
  const annotations = getValue(metadata, "annotations");
  return (
    annotations?.kind === "scalar" ||
    [patch, metadata, annotations].some((node) => getValue(node, "$patch") !== undefined)
  );
}

/**
 * A patch as it is applied to a selected object: it has the object's apiVersion, and its labels and annotations are
 * strings, so that `null` among them deletes nothing (as upstream copies them from map to map).
 */
export function patchForTarget(patch: Mapping, target: Resource, cause: Cause): Mapping {
  const apiVersion = getValue(target.node, "apiVersion");
  let result = patch;
  if (apiVersion !== undefined) result = withValue(result, madeKey("apiVersion", cause), apiVersion);
  const metadata = getValue(result, "metadata");
  if (metadata?.kind !== "mapping") return result;
  const textual = textualMap(textualMap(metadata, "labels"), "annotations");
  return textual === metadata ? result : setEntry(result, "metadata", textual, cause);
}

/** The metadata with labels, or annotations, that are all strings; an empty mapping or null is left out. */
export function textualMap(metadata: Mapping, field: "labels" | "annotations"): Mapping {
  const value = getValue(metadata, field);
  if (value === undefined) return metadata;
  const map = value.kind === "sequence" ? pairsOf(value) : value;
  if (map.kind !== "mapping" || map.entries.length === 0) return withoutKey(metadata, field);
  let changed = map !== value;
  const entries = map.entries.map((entry): Entry => {
    const value = textual(entry.value);
    // Upstream writes the keys anew, without quotes.
    const tag = resolveTag(entry.key.text);
    if (value === entry.value && tag === entry.key.tag) return entry;
    changed = true;
    return { key: tag === entry.key.tag ? entry.key : { ...entry.key, tag, style: "plain" }, value };
  });
  if (!changed) return metadata;
  return {
    ...metadata,
    entries: metadata.entries.map((entry) =>
      entry.key.text === field ? { key: entry.key, value: { ...map, entries } } : entry,
    ),
  };
}

/** Of a list, which is a mistake, upstream takes every other item for a key. */
function pairsOf({ items, origin }: Sequence): Mapping {
  const entries: Entry[] = [];
  for (let i = 0; i + 1 < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]];
    if (key?.kind === "scalar" && value !== undefined) entries.push({ key, value });
  }
  return { kind: "mapping", entries, origin };
}

/**
 * A value of an annotation as a string: the text of a scalar as it is written, nothing for a mapping or list. Upstream makes
 * it anew, so it is no longer folded.
 */
function textual(value: Node): Node {
  if (value.kind !== "scalar") return { kind: "scalar", text: "", tag: "str", style: "plain", origin: value.origin };
  if (value.style === "folded") return { ...value, tag: "str", style: "literal" };
  if (isEmptyCopy(value)) return { ...value, text: "", tag: "str" };
  return value.tag === "str" ? value : { ...value, tag: "str" };
}

/**
 * Applies JSON patch operations to a resource.
 * @throws BuildFailure when an operation cannot be done.
 */
export function applyOperations(
  resource: Resource,
  operations: readonly JsonPatchOperation[],
  schema: MergeSchema,
  cause: Cause,
): Resource {
  const seesNotes = operations.some(({ path, from }) => mayMeetAnnotations(path) || mayMeetAnnotations(from));
  if (!seesNotes) return withNode(resource, applyJsonPatch(resource.node, operations, cause), schema.isClusterScoped);
  const patched = applyJsonPatch(withNotes(resource, cause), operations, cause);
  const node = withoutNotes(patched, resource.node);
  return withNode(remembered(resource, patched, false), node, schema.isClusterScoped);
}

function mayMeetAnnotations(pointer: string | undefined): boolean {
  return pointer !== undefined && (pointer === "" || /^\/metadata(\/annotations(\/.*)?)?$/s.test(pointer));
}
