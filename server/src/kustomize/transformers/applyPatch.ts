import type { Cause, Entry, Mapping, Node } from "../../yaml/node";
import { getValue, withoutKey, withValue } from "../../yaml/node";
import { resolveTag } from "../../yaml/scalar";
import { madeKey, setEntry } from "../fieldSpec";
import { applyStrategicPatch } from "../filters/patch";
import { applyJsonPatch, type JsonPatchOperation } from "../merge/jsonPatch";
import type { MergeSchema } from "../merge/mergeSchema";
import { type Resource, rememberId, withNode } from "../resource";

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
  const node = applyStrategicPatch(resource.node, patch, { ...allowances, schema }, cause);
  return node === undefined ? undefined : withNode(before, node, schema.isClusterScoped);
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
  const map = getValue(metadata, field);
  if (map === undefined) return metadata;
  if (map.kind !== "mapping" || map.entries.length === 0) return withoutKey(metadata, field);
  let changed = false;
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

/**
 * A value of an annotation as a string: the text of a scalar as it is written, nothing for a mapping or list. Upstream makes
 * it anew, so it is no longer folded.
 */
function textual(value: Node): Node {
  if (value.kind !== "scalar") return { kind: "scalar", text: "", tag: "str", style: "plain", origin: value.origin };
  if (value.style === "folded") return { ...value, tag: "str", style: "literal" };
  return value.tag === "str" ? value : { ...value, tag: "str" };
}

/**
 * Applies JSON patch operations to a resource.
 * @param notes the resource carries notes of Kustomize, which upstream keeps in its annotations: so there are annotations to
 * add to, even when the object itself has none.
 * @throws BuildFailure when an operation cannot be done.
 */
export function applyOperations(
  resource: Resource,
  operations: readonly JsonPatchOperation[],
  schema: MergeSchema,
  cause: Cause,
): Resource {
  const node = hasNotes(resource) ? withAnnotations(resource.node, cause) : resource.node;
  const patched = applyJsonPatch(node, operations, cause);
  return withNode(resource, withoutEmptyAnnotations(patched, resource.node), schema.isClusterScoped);
}

function hasNotes(resource: Resource): boolean {
  return (
    resource.previousIds.length > 0 ||
    resource.prefixes.length > 0 ||
    resource.suffixes.length > 0 ||
    resource.needsHash ||
    resource.generated ||
    resource.buildOrigin !== undefined
  );
}

function withAnnotations(node: Mapping, cause: Cause): Mapping {
  const metadata = getValue(node, "metadata");
  if (metadata?.kind !== "mapping" || getValue(metadata, "annotations")?.kind === "mapping") return node;
  const empty: Mapping = { kind: "mapping", entries: [], origin: { place: cause.place, change: cause } };
  return setEntry(node, "metadata", setEntry(metadata, "annotations", empty, cause), cause);
}

function withoutEmptyAnnotations(node: Mapping, before: Mapping): Mapping {
  const metadata = getValue(node, "metadata");
  const annotations = getValue(metadata, "annotations");
  if (metadata?.kind !== "mapping" || annotations?.kind !== "mapping" || annotations.entries.length > 0) return node;
  const old = getValue(before, "metadata");
  const rest = withoutKey(metadata, "annotations");
  const same = old?.kind === "mapping" && sameEntries(rest, old);
  return {
    ...node,
    entries: node.entries.map((entry) =>
      entry.value === metadata ? { key: entry.key, value: same ? old : rest } : entry,
    ),
  };
}

function sameEntries(a: Mapping, b: Mapping): boolean {
  return (
    a.entries.length === b.entries.length &&
    a.entries.every((entry, i) => {
      const other = b.entries[i];
      return entry.key.text === other?.key.text && entry.value === other.value;
    })
  );
}
