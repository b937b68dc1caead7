import { fieldOf, isEqual, isList, isMap, type Json, type JsonMap, type JsonPath } from "./json";

/**
 * The fields that one of `managers` wrote last, as `metadata.managedFields` of `live` says, by their paths in `within`: another state of the
 * same object, whose lists may be in another order. Of lists and maps only what they hold.
 */
export function ownedPaths(live: Json, managers: readonly string[], within: Json = live): readonly JsonPath[] {
  const entries = fieldOf(fieldOf(live, "metadata"), "managedFields");
  if (!isList(entries) || managers.length === 0) return [];
  return entries
    .filter((entry) => managers.includes(String(fieldOf(entry, "manager") ?? "")))
    .flatMap((entry) => [...leaves(fieldOf(entry, "fieldsV1"), within, [])]);
}

/**
 * `FieldsV1` of structured-merge-diff: `f:name` is a field, `k:{…}` the item of a list with these keys, `v:…` the item with this value,
 * `i:0` the item at a position, and `.` the value itself.
 */
function* leaves(fields: Json | undefined, value: Json | undefined, path: JsonPath): Iterable<JsonPath> {
  if (!isMap(fields) || value === undefined) return;
  const inner = Object.entries(fields).filter(([key]) => key !== ".");
  if (inner.length === 0) {
    if (path.length > 0) yield path;
    return;
  }
  for (const [key, below] of inner) {
    const step = findStep(key, value);
    if (step === undefined) continue;
    const child = typeof step === "string" ? fieldOf(value, step) : isList(value) ? value[step] : undefined;
    yield* leaves(below, child, [...path, step]);
  }
}

function findStep(key: string, value: Json): string | number | undefined {
  const [type, rest] = [key.slice(0, 2), key.slice(2)];
  if (type === "f:") return rest;
  if (!isList(value)) return undefined;
  if (type === "i:") return Number(rest);
  const wanted = parse(rest);
  if (wanted === undefined) return undefined;
  const at = value.findIndex((item) => (type === "k:" ? hasKeys(item, wanted) : isEqual(item, wanted)));
  return at < 0 ? undefined : at;
}

function hasKeys(item: Json, keys: Json): boolean {
  return isMap(keys) && Object.entries(keys as JsonMap).every(([key, value]) => isEqual(fieldOf(item, key), value));
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
