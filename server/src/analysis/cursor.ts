import type { SourceDocument } from "../yaml/document";
import type { Node } from "../yaml/node";

/** What is written at an offset of a document. What may be written there is another question: see `yaml/writePosition`. */
export interface Cursor {
  readonly offset: number;
  /** Keys and list positions from the root of the document to `node` (for a key: to its value); empty on blank ground. */
  readonly path: readonly (string | number)[];
  readonly on: "key" | "value" | "blank";
  /** The key or scalar at the cursor; `undefined` on blank ground. */
  readonly node: Node | undefined;
}

/** Finds what is written at `offset`, by the ranges of the nodes. */
export function findCursor(document: SourceDocument, offset: number): Cursor {
  const path: (string | number)[] = [];
  let node = document.root;
  while (node !== undefined) {
    if (node.kind === "scalar") {
      if (!touches(node, offset)) break;
      return { offset, on: "value", node, path };
    }
    if (node.kind === "mapping") {
      const found = node.entries.find(({ key }) => touches(key, offset));
      if (found !== undefined) return { offset, on: "key", node: found.key, path: [...path, found.key.text] };
      const entry = node.entries.find(({ value }) => touches(value, offset) && hasText(value));
      if (entry !== undefined) path.push(entry.key.text);
      node = entry?.value;
    } else {
      const index = node.items.findIndex((item) => touches(item, offset) && hasText(item));
      if (index >= 0) path.push(index);
      node = node.items[index];
    }
  }
  return { offset, on: "blank", node: undefined, path: [] };
}

function touches(node: Node, offset: number): boolean {
  const { start, end } = node.origin.place;
  return start <= offset && offset <= end;
}

function hasText(node: Node): boolean {
  return node.origin.place.end > node.origin.place.start;
}
