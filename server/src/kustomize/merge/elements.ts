import { getValue, type Node } from "../../yaml/node";
import { demandKind, isMissing } from "./conflict";

/**
 * Finding, replacing and removing the elements of associative lists, as kyaml's `ElementMatcher` and `ElementSetter` do
 * (`kyaml/yaml/fns.go`), with the corners that show in Kustomize's output. The key `""` stands for the element itself, a
 * scalar.
 */

/** The values of the merge keys of one element, in the order of the keys; empty where it has none. */
export type KeyValues = readonly string[];

/** The text of a scalar, also of null; mappings and lists count as empty. */
export function plainText(node: Node | undefined): string {
  return node?.kind === "scalar" ? node.text : "";
}

/**
 * The value of a field if it is `wanted`; an empty `wanted` takes any value.
 * @throws MergeConflict when `node` is of a kind that has no such field.
 */
export function matchField(node: Node, key: string, wanted: string): Node | undefined {
  if (isMissing(node)) return undefined;
  demandKind(node, key === "" ? "scalar" : "mapping");
  if (key === "") return plainText(node) === wanted ? node : undefined;
  const value = getValue(node, key);
  return value !== undefined && (wanted === "" || plainText(value) === wanted) ? value : undefined;
}

/** The first element whose keys have exactly these values. */
export function findElement(items: readonly Node[], keys: readonly string[], values: KeyValues): number {
  if (keys[0] === undefined || keys[0] === "") return items.findIndex((item) => plainText(item) === (values[0] ?? ""));
  return items.findIndex(
    (item) =>
      item.kind === "mapping" &&
      keys.every((key, i) => {
        const value = getValue(item, key);
        return value !== undefined && plainText(value) === (values[i] ?? "");
      }),
  );
}

/** The list without the elements that `matches` takes; null and empty elements go too. */
export function removeElements(items: readonly Node[], matches: (item: Node) => boolean): Node[] {
  return items.filter((item) => !isEmpty(item) && (item.kind !== "mapping" || !matches(item)));
}

/**
 * Replaces every element that has these values by `element`, or puts it last where there is none; without `element` they are
 * removed. With fewer values than keys, the keys that have one decide; with none at all, nothing of the list stays.
 * @throws MergeConflict when an element is of a kind that has no keys.
 */
export function setElement(
  items: readonly Node[],
  keys: readonly string[],
  values: KeyValues,
  element: Node | undefined,
): Node[] {
  const forMappings = (keys[0] ?? "") !== "" && (values[0] ?? "") !== "";
  let found = false;
  const result: Node[] = [];
  for (const item of items) {
    if (isEmpty(item)) continue;
    if (forMappings && item.kind !== "mapping") {
      result.push(item);
    } else if (!hasValues(item, keys, values)) {
      if (values.length > 0) result.push(item);
    } else {
      found = true;
      if (element !== undefined) result.push(element);
    }
  }
  if (!found && element !== undefined && !isMissing(element)) result.push(element);
  return result;
}

function hasValues(item: Node, keys: readonly string[], values: KeyValues): boolean {
  if (values.length === 0) return false;
  return keys.every((key, i) => {
    const wanted = values[i];
    return wanted === undefined || matchField(item, key, wanted) !== undefined;
  });
}

function isEmpty(item: Node): boolean {
  return isMissing(item) || (item.kind === "mapping" && item.entries.length === 0);
}
