import { fieldOf, isMap, type Json } from "./json";

/** What tells the items of a list apart, tried in this order (the merge keys of Kubernetes' own lists). */
const candidates: readonly (readonly string[])[] = [
  ["name"],
  ["containerPort", "protocol"],
  ["port", "protocol"],
  ["mountPath"],
  ["devicePath"],
  ["topologyKey"],
  ["ip"],
  ["type"],
  ["key"],
];

/**
 * Finds how the items of lists that stand for the same thing are matched, for example containers by their name: a function that gives an
 * item's key. `undefined` when an item is no map or two of a list would have the same key; then only positions are left.
 */
export function findItemKey(...lists: readonly (readonly Json[])[]): ((item: Json) => string) | undefined {
  for (const [main = "", ...more] of candidates) {
    const keyOf = (item: Json): string => JSON.stringify([main, ...more].map((key) => fieldOf(item, key) ?? null));
    const fits = lists.every(
      (list) =>
        list.every((item) => isMap(item) && fieldOf(item, main) !== undefined) &&
        new Set(list.map(keyOf)).size === list.length,
    );
    if (fits) return keyOf;
  }
  return undefined;
}
