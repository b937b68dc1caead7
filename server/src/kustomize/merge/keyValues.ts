import { getValue, type Node } from "../../yaml/node";
import { type KeyValues, plainText } from "./elements";

/**
 * Which elements of two lists belong together when they are merged by several keys: `containerPort` and `protocol` of a
 * container's ports. An element may leave a secondary key out (`kyaml/yaml/walk/associative_sequence.go`).
 */

/** The distinct key values of all elements, the lists in the order given. */
export function distinctValues(lists: readonly (readonly Node[])[], keys: readonly string[]): KeyValues[] {
  const seen = new Map<string, KeyValues>();
  for (const item of lists.flat()) {
    const values = keys.map((key) => valueOfKey(item, key));
    const id = JSON.stringify(values);
    if (!seen.has(id)) seen.set(id, values);
  }
  return [...seen.values()];
}

/** The distinct texts of all elements of lists of scalars. */
export function distinctTexts(lists: readonly (readonly Node[])[]): KeyValues[] {
  return [...new Set(lists.flat().map(plainText))].map((text) => [text]);
}

function valueOfKey(item: Node, key: string): string {
  const value = getValue(item, key);
  const isEmptyList = value !== undefined && value.kind !== "scalar";
  if (value === undefined || isEmptyList || (value.kind === "scalar" && value.tag === "null")) return "";
  return plainText(value);
}

/**
 * Fills in keys that were left out: two elements that agree in one key, and differ in others only where one of them says
 * nothing, are the same. Both get all values.
 */
export function mergeValues(values: readonly KeyValues[]): KeyValues[] {
  const result = [...values];
  // Comparing all pairs is quadratic, and needless where no element leaves a key out.
  if (!values.some((row) => row.includes(""))) return result;
  for (let i = 0; i < result.length; i++) {
    const first = result[i] ?? [];
    for (let j = 0; j < result.length; j++) {
      const merged = mergeRow(first, result[j] ?? []);
      if (merged === undefined) continue;
      result[i] = merged;
      result[j] = merged;
    }
  }
  return result;
}

function mergeRow(first: KeyValues, second: KeyValues): KeyValues | undefined {
  let agree = false;
  const merged: string[] = [];
  for (let i = 0; i < first.length; i++) {
    const [a = "", b = ""] = [first[i], second[i]];
    if (a === b) agree = true;
    else if (a !== "" && b !== "") return undefined;
    merged.push(a === "" ? b : a);
  }
  return agree ? merged : undefined;
}

/** The keys that some element has a value for, with the values of one element; all of them when none has any. */
export function usedKeys(
  all: readonly KeyValues[],
  values: KeyValues,
  keys: readonly string[],
): { readonly keys: readonly string[]; readonly values: KeyValues } {
  const used = keys.map((_, i) => all.some((row) => (row[i] ?? "") !== ""));
  if (!used.includes(true)) return { keys, values };
  return { keys: keys.filter((_, i) => used[i]), values: values.filter((value, i) => value !== "" || used[i]) };
}
