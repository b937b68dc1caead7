import type { Entry, Mapping, Node, Scalar } from "./node";

/** Whether a key is `<<`, plain and without a tag: its value is merged into the map (YAML 1.1's merge key). */
export function isMergeKey(key: Scalar): boolean {
  return key.text === "<<" && key.style === "plain" && key.tagged !== true;
}

/** What came of a merge. */
export interface Merged {
  readonly mapping: Mapping;
  /** Set when a value of `<<` cannot be merged; `mapping` then lacks it. */
  readonly problem?: { readonly message: string; readonly help: string; readonly detail: string } | undefined;
  readonly at: Node;
}

/**
 * Adds the entries of `sources`, the values of the map's `<<` keys, as kyaml's `DeAnchor` does: the map's own keys win, and
 * in a list of maps the first one that has a key.
 */
export function mergeInto(own: Mapping, sources: readonly Node[]): Merged {
  const [source, second] = sources;
  if (source === undefined) return { mapping: own, at: own };
  if (second !== undefined)
    return { ...failure("A map can hold only one `<<`.", "duplicate merge key"), mapping: own, at: second };
  const maps = source.kind === "sequence" ? source.items.toReversed() : [source];
  const added = new Map<string, Entry>();
  const ownKeys = new Set(own.entries.map((entry) => entry.key.text));
  for (const map of maps) {
    if (map.kind !== "mapping") {
      const words = failure(
        "The value of `<<` must be a map or a list of maps.",
        "map merge requires map or sequence of maps as the value",
      );
      return { ...words, mapping: own, at: map };
    }
    for (const entry of map.entries) if (!ownKeys.has(entry.key.text)) added.set(entry.key.text, entry);
  }
  const entries = [...own.entries, ...added.values()];
  return { mapping: { ...own, entries }, at: own };
}

function failure(message: string, detail: string) {
  return { problem: { message, help: "Write `<<: *name`, or `<<: [*one, *other]`.", detail } };
}
