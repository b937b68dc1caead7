import type { Cause, Entry, Mapping, Node, Sequence } from "../../yaml/node";
import { getValue, withoutKey } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { quotedIfAmbiguous, styleOver, tagWritten } from "../setScalar";
import { currentValue, noteReplaced, type Replaced, replaceEverywhere } from "../sharedScalar";
import { demandKind, isMissing, isNull, MergeConflict } from "./conflict";
import { directiveOfList, directiveOfMapping } from "./directive";
import { findElement, type KeyValues, plainText, setElement } from "./elements";
import { distinctTexts, distinctValues, mergeValues, usedKeys } from "./keyValues";
import type { MergeSchema, TypeSchema } from "./mergeSchema";
import { isEmptyCollection, lessened, stamped, withFlow, withoutComment } from "./stamp";

/**
 * Applies a strategic-merge patch to an object, as Kustomize does (`kyaml/yaml/merge2` with `walk`): mappings field by field,
 * lists by the merge keys of the schema with new elements first, everything else replaced; null removes, and `$patch` says
 * `delete`, `replace` or `merge`. The whole object is walked, so lists are tidied where the patch says nothing.
 *
 * Values from the patch keep the patch's text as their place.
 *
 * @returns the merged object; the same one when nothing changed; `undefined` when the patch deletes it.
 * @throws BuildFailure when patch and object do not fit.
 */
export function mergeStrategically(
  target: Mapping,
  patch: Mapping,
  schema: MergeSchema,
  cause: Cause,
): Mapping | undefined {
  try {
    // Upstream makes the replacement of a whole object and then forgets it (`Resource.ApplyFilter`).
    if (directiveOfMapping(patch).directive === "replace") return target;
    const replaced: Replaced = new Map();
    const result = merge({ schema, cause, replaced }, target, patch, undefined);
    return result?.kind === "mapping" ? replaceEverywhere(result, replaced) : undefined;
  } catch (error) {
    if (!(error instanceof MergeConflict)) throw error;
    throw new BuildFailure({
      code: "kustomization/patch-does-not-fit",
      severity: "error",
      place: cause.place,
      message: "The strategic-merge patch does not fit the object that it meets.",
      help: "Give the field the same kind of value as the object has, or replace it with $patch: replace.",
      detail: error.message,
      related: [{ place: error.at.origin.place, message: "This value does not fit." }],
    });
  }
}

interface Merge {
  readonly schema: MergeSchema;
  readonly cause: Cause;
  readonly replaced: Replaced;
}

/**
 * Merges one value. `patch` is absent where the patch says nothing; `patch` is `target` itself while a value that the patch
 * adds is tidied.
 */
function merge(
  context: Merge,
  before: Node | undefined,
  patch: Node | undefined,
  inherited: TypeSchema | undefined,
): Node | undefined {
  const target = patch === before ? before : withFlowOf(patch, before);
  const type = inherited ?? typeByKind(context, target) ?? typeByKind(context, patch);
  const first = isMissing(target) ? patch : target;
  const kind = first === undefined || isNull(first) ? "mapping" : first.kind;
  demandKind(target, kind);
  demandKind(patch, kind);
  if (kind === "mapping") return mergeMappings(context, target, patch, type);
  if (kind === "sequence" && type?.mergeKeys !== undefined) {
    return mergeLists(context, target, patch, type, type.mergeKeys);
  }
  const result = patch ?? target;
  if (result === undefined || isNull(result)) return undefined;
  return result === target ? target : stamped(result, target, context.cause);
}

/** Empty brackets say nothing about how their content is to be written: there the patch decides. */
function withFlowOf(patch: Node | undefined, target: Node | undefined): Node | undefined {
  if (patch === undefined || patch.kind === "scalar" || !isEmptyCollection(target)) return target;
  return target?.kind === patch.kind ? withFlow(target, patch.flow) : target;
}

/** An object inside of a value that no schema describes has the type that it says itself. */
function typeByKind({ schema }: Merge, node: Node | undefined): TypeSchema | undefined {
  const kind = plainText(getValue(node, "kind"));
  const apiVersion = plainText(getValue(node, "apiVersion"));
  return kind === "" || apiVersion === "" ? undefined : schema.typeOfKind(apiVersion, kind);
}

function mergeMappings(
  context: Merge,
  target: Node | undefined,
  patch: Node | undefined,
  type: TypeSchema | undefined,
): Node | undefined {
  if (isMissing(target)) {
    // A null that the object itself writes out stays; one that it leaves empty goes.
    if (patch === undefined) return plainText(target) === "" ? undefined : target;
    return patch.kind === "mapping" ? added(context, target, patch, type) : undefined;
  }
  if (target?.kind !== "mapping") return undefined;
  if (patch === undefined) return mergeFields(context, target, undefined, type);
  if (patch.kind !== "mapping") return undefined;
  const directed = directiveOfMapping(patch);
  if (directed.directive === "delete") return undefined;
  if (directed.directive === "replace") {
    if (patch === target) return mergeFields(context, directed.patch, directed.patch, type);
    return stamped(mergeFields(context, directed.patch, directed.patch, type), target, context.cause);
  }
  // What the patch adds is merged with itself: its directives go, its lists are tidied.
  if (patch === target) return mergeFields(context, directed.patch, directed.patch, type);
  return mergeFields(context, target, directed.patch, type);
}

/** A mapping that only the patch has. An unknown directive is not looked at here, as upstream does not. */
function added(
  context: Merge,
  target: Node | undefined,
  patch: Mapping,
  type: TypeSchema | undefined,
): Node | undefined {
  let clean = patch;
  try {
    const directed = directiveOfMapping(patch);
    if (directed.directive === "delete") return undefined;
    clean = directed.patch;
  } catch (error) {
    if (!(error instanceof MergeConflict)) throw error;
  }
  return stamped(mergeFields(context, clean, clean, type), target, context.cause);
}

function mergeFields(
  context: Merge,
  target: Mapping,
  patch: Mapping | undefined,
  type: TypeSchema | undefined,
): Mapping {
  let result = target;
  const own = patch === target;
  const oldFields = fieldsOf(target);
  const patchFields = own ? oldFields : fieldsOf(patch);
  const changed = new Map<string, Entry>();
  for (const key of new Set([...oldFields.keys(), ...patchFields.keys()])) {
    const before = oldFields.get(key)?.value;
    const old = before && currentValue(context.replaced, before);
    const value = merge(context, old, own ? old : patchFields.get(key)?.value, type?.field(key));
    if (value === undefined) {
      result = without(result, key, own ? undefined : context.cause);
      continue;
    }
    const set = asField(old, value);
    noteReplaced(context.replaced, old, set);
    const written = oldFields.get(key) ?? patchFields.get(key);
    if (set === before || written === undefined) continue;
    const entry = { key: written.key, value: set };
    changed.set(key, old === undefined ? withoutComment(entry, context.cause) : entry);
  }
  return withFields(result, changed);
}

/** The entries of a mapping by key; of a key that stands twice the last one counts, as in `getValue`. */
function fieldsOf(mapping: Mapping | undefined): ReadonlyMap<string, Entry> {
  return new Map(mapping?.entries.map((entry) => [entry.key.text, entry]));
}

/** A field that a patch removes leaves a change in the mapping that had it. */
function without(mapping: Mapping, key: string, cause: Cause | undefined): Mapping {
  const result = withoutKey(mapping, key);
  return cause === undefined || result === mapping ? result : lessened(result, mapping, cause);
}

/** A value as kyaml's `FieldSetter` makes it: it takes over the quotes, or the brackets, of the one before. */
function asField(old: Node | undefined, value: Node): Node {
  if (value.kind !== "scalar") {
    return old === undefined || isEmptyCollection(old)
      ? value
      : withFlow(value, old.kind === "scalar" ? undefined : old.flow);
  }
  if (old?.kind !== "scalar" || old === value) return quotedIfAmbiguous(value);
  const style = styleOver(old);
  return style === value.style ? value : { ...value, style, tag: tagWritten(value.text, value.tag, style) };
}

/** Sets fields at once, each in its place; new ones go last. Setting them one by one takes square time. */
function withFields(mapping: Mapping, changed: Map<string, Entry>): Mapping {
  if (changed.size === 0) return mapping;
  const entries = mapping.entries.map((entry): Entry => {
    const value = changed.get(entry.key.text)?.value;
    return value === undefined ? entry : { key: entry.key, value };
  });
  for (const entry of mapping.entries) changed.delete(entry.key.text);
  return { ...mapping, entries: [...entries, ...changed.values()] };
}

function mergeLists(
  context: Merge,
  target: Node | undefined,
  patch: Node | undefined,
  type: TypeSchema,
  keys: readonly string[],
): Node | undefined {
  if (isMissing(target)) {
    if (patch?.kind !== "sequence") return undefined;
    return stamped(mergeElements({ context, type, keys }, patch, patch), target, context.cause);
  }
  if (target?.kind !== "sequence") return undefined;
  if (patch === undefined) return mergeElements({ context, type, keys }, target, undefined);
  if (patch.kind !== "sequence") return undefined;
  const directed = directiveOfList(patch);
  const own = patch === target;
  if (directed.directive === "delete") return undefined;
  if (directed.directive === "merge") {
    return mergeElements({ context, type, keys }, own ? directed.patch : target, directed.patch);
  }
  const replaced = mergeElements({ context, type, keys }, directed.patch, directed.patch);
  return own ? replaced : stamped(replaced, target, context.cause);
}

interface ListMerge {
  readonly context: Merge;
  readonly type: TypeSchema;
  /** Empty for a set of scalars. */
  readonly keys: readonly string[];
}

/**
 * Merges the elements of two lists: what the patch has comes first, in its order, then what only the target has. While this
 * goes on, elements of the target change in place, so that the target's version of an element wins where both remain.
 */
function mergeElements(list: ListMerge, target: Sequence, patch: Sequence | undefined): Sequence {
  const own = patch === target;
  const state: ListState = { target: [...target.items], patch: patch?.items, own, made: [] };
  let rows = distinctValues([patch?.items ?? [], target.items], list.keys);
  if (list.keys.length === 0) rows = distinctTexts([patch?.items ?? [], target.items]);
  if (rows.length === 0) return target;
  const keys = list.keys.length === 0 ? [""] : list.keys;
  if (keys.length > 1) rows = mergeValues(rows);
  let used: readonly string[] = keys;
  for (const row of rows) {
    const valid = usedKeys(rows, row, keys);
    used = valid.keys;
    mergeElement(list, state, valid.keys, valid.values);
  }
  const items = appendElements(state.made, state.target, used);
  const same = items.length === target.items.length && items.every((item, i) => item === target.items[i]);
  return same ? target : { ...target, items };
}

interface ListState {
  target: Node[];
  readonly patch: readonly Node[] | undefined;
  /** The patch is the target. */
  readonly own: boolean;
  made: Node[];
}

function mergeElement(list: ListMerge, state: ListState, keys: readonly string[], values: KeyValues): void {
  const wanted = usedKeys([values], values, keys);
  const at = findElement(state.target, wanted.keys, wanted.values);
  const old = state.target[at];
  const patchAt = state.own || state.patch === undefined ? -1 : findElement(state.patch, wanted.keys, wanted.values);
  const patch = state.own ? old : state.patch?.[patchAt];
  let value = merge(list.context, old, patch, list.type.elements());
  if (value === undefined || isNull(value) || (value.kind === "mapping" && value.entries.length === 0)) {
    state.target = setElement(state.target, keys, values, undefined);
    return;
  }
  value = withKeys(list.context.cause, value, keys, values);
  // An element that was merged changed in place; one that the patch replaces did not.
  if (old !== undefined && !isReplacedByPatch(old, patch, value)) state.target[at] = value;
  state.made = setElement(state.made, keys, values, value);
}

function isReplacedByPatch(old: Node, patch: Node | undefined, value: Node): boolean {
  if (patch === undefined || patch === old || value.kind !== "mapping") return value.kind === "scalar";
  return patch.kind === "mapping" && plainText(getValue(patch, "$patch")) === "replace";
}

/** Gives an element the keys that it left out and that its counterpart in the other list has. */
function withKeys(cause: Cause, element: Node, keys: readonly string[], values: KeyValues): Node {
  if (element.kind !== "mapping") return element;
  const missing = keys.flatMap((key, i): Entry[] => {
    const text = values[i] ?? "";
    if (text === "" || getValue(element, key) !== undefined) return [];
    const origin = { place: cause.place, change: cause };
    return [
      {
        key: { kind: "scalar", text: key, tag: "str", style: "plain", origin },
        value: { kind: "scalar", text, tag: "str", style: "double", origin },
      },
    ];
  });
  return missing.length === 0 ? element : { ...element, entries: [...element.entries, ...missing] };
}

/** Puts the elements of the target behind those of the patch, or in the place of those with the same keys. */
function appendElements(made: readonly Node[], target: readonly Node[], keys: readonly string[]): readonly Node[] {
  let result = [...made];
  for (const element of target) {
    if (keys[0] === "") {
      result = setElement(result, [""], [plainText(element)], element);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      if (isMissing(element)) {
        result.push(element);
        continue;
      }
      demandKind(element, "mapping");
      const value = getValue(element, key);
      if (value === undefined) result.push(element);
      else values.push(plainText(value));
    }
    if (keys.length > 1) result = setElement(result, keys, values, undefined);
    result = setElement(result, keys, values, element);
  }
  return result;
}
