import { fromPointerStep, toPointerStep } from "../yaml/pointerStep";
/** A value as the API of Kubernetes sends it. Keys of maps are the people's own: never look them up by plain indexing, see `fieldOf`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

/** The way from a value to one within it: keys of maps, positions in lists. */
export type JsonPath = readonly (string | number)[];

/** Whether a value is a map. */
export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value of a key that the map itself has: `constructor` is an ordinary key. */
export function fieldOf(value: Json | undefined, key: string): Json | undefined {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Follows a path; `undefined` where it leads nowhere. */
export function valueAt(value: Json | undefined, path: JsonPath): Json | undefined {
  let current = value;
  for (const step of path) {
    if (typeof step === "string") current = fieldOf(current, step);
    else current = isList(current) ? current[step] : undefined;
  }
  return current;
}

/** A copy of a map with `change` made to each value; what it maps to `undefined` is left out. */
export function mapFields(map: JsonMap, change: (value: Json, key: string) => Json | undefined): JsonMap {
  const entries: [string, Json][] = [];
  for (const [key, value] of Object.entries(map)) {
    const changed = change(value, key);
    if (changed !== undefined) entries.push([key, changed]);
  }
  return Object.fromEntries(entries);
}

/** Whether two values are the same, whatever the order of their keys. */
export function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isEqual(a[key], fieldOf(b, key)));
}

/** The concrete path that a JSON pointer names within `value`; `undefined` when it names nothing there. */
export function followPointer(value: Json, pointer: string): JsonPath | undefined {
  if (!pointer.startsWith("/")) return undefined;
  const path: (string | number)[] = [];
  let current: Json | undefined = value;
  for (const written of pointer.slice(1).split("/")) {
    const key = fromPointerStep(written);
    const step: string | number = isList(current) && /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : key;
    current = valueAt(current, [step]);
    if (current === undefined) return undefined;
    path.push(step);
  }
  return path;
}

/** Writes a path as a JSON pointer: `["spec", "ports", 0]` → `/spec/ports/0`. */
export function toPointer(path: JsonPath): string {
  return path.map((step) => `/${toPointerStep(String(step))}`).join("");
}

/** A copy without the values at `paths`; positions are those in `value`, so that one removal does not move the next. */
export function withoutPaths(value: Json, paths: readonly JsonPath[]): Json {
  if (paths.length === 0) return value;
  const below = new Map<string | number, JsonPath[]>();
  for (const [step, ...rest] of paths) {
    if (step === undefined) continue;
    const known = below.get(step);
    if (known === undefined) below.set(step, [rest]);
    else known.push(rest);
  }
  const keep = (child: Json, step: string | number): Json | undefined => {
    const wanted = below.get(step);
    if (wanted === undefined) return child;
    return wanted.some((rest) => rest.length === 0) ? undefined : withoutPaths(child, wanted);
  };
  if (isList(value)) return value.map(keep).filter((item) => item !== undefined);
  return isMap(value) ? mapFields(value, keep) : value;
}
