import { getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";
import type { Place } from "../yaml/source";

/** Values that options of an Application put into a kustomization: texts and numbers, whatever they look like, as Go writes them. */

/** What the options of a source need to know besides. */
export interface EditContext {
  /** Puts the variables of the source into a text. */
  readonly substitute: (text: string) => string;
  /** Whether there is something at a path, relative to the kustomization. */
  readonly isThere: (path: string) => boolean;
  /** The names in a directory, relative to the kustomization; nothing where there is none. */
  readonly list: (directory: string) => readonly string[];
}

/** A text with the place that asks for it. */
export function textNode(text: string, place: Place): Scalar {
  return { kind: "scalar", text, tag: "str", style: "double", origin: { place } };
}

/** A whole number with the place of the value that it was read from. */
export function numberNode(text: string, { origin }: Node): Scalar {
  return { kind: "scalar", text: String(BigInt(text)), tag: "int", style: "plain", origin: { place: origin.place } };
}

/** A mapping whose fields come from one place. */
export function stepOf(place: Place, fields: readonly (readonly [string, Node])[]): Mapping {
  const entries = fields.map(([field, value]) => ({ key: textNode(field, place), value }));
  return { kind: "mapping", entries, origin: { place } };
}

/** The items of a list; none when there is no list. */
export function itemsOf(mapping: Mapping, field: string): readonly Node[] {
  const list = getValue(mapping, field);
  return list?.kind === "sequence" ? list.items : [];
}

/** The pairs of a mapping of texts, sorted by key; a null is an empty text, as in Go. */
export function pairsOf(mapping: Node | undefined, field: string): readonly (readonly [string, Scalar])[] {
  const value = getValue(mapping, field);
  const found = new Map<string, Scalar>();
  for (const { key, value: node } of value?.kind === "mapping" ? value.entries : []) {
    found.set(key.text, textNode(textOf(node) ?? "", node.origin.place));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A mapping with only those of its fields that are asked for. */
export function picked(node: Mapping, fields: readonly string[]): Mapping {
  return { ...node, entries: node.entries.filter(({ key }) => fields.includes(key.text)) };
}
