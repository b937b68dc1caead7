import type { SourceDocument } from "../yaml/document";
import type { Mapping, Node, Scalar } from "../yaml/node";

/** What stands at an offset of a document. */
export interface Cursor {
  readonly offset: number;
  /** Keys and list positions from the root of the document to `node` (for a key: to its value). */
  readonly path: readonly (string | number)[];
  /** `key` and `value` on such a text, `blank` where nothing is written yet. */
  readonly on: "key" | "value" | "blank";
  /** The node at the cursor: the key itself, the value, or for `blank` the mapping or sequence that a new entry would join. */
  readonly node: Node | undefined;
  /** The mapping around the cursor, with its other keys. */
  readonly mapping: Mapping | undefined;
  /** The key whose value the cursor is in. */
  readonly key: Scalar | undefined;
}

interface Step {
  readonly node: Node;
  readonly path: readonly (string | number)[];
  readonly mapping: Mapping | undefined;
  readonly key: Scalar | undefined;
}

/**
 * Finds what stands at `offset`. Written text is found by its range; on blank ground the indentation of the line decides
 * which mapping or sequence a new entry would join, so this works in half-written documents too.
 */
export function findCursor(document: SourceDocument, offset: number): Cursor {
  let step: Step | undefined =
    document.root === undefined ? undefined : { node: document.root, path: [], mapping: undefined, key: undefined };
  while (step !== undefined) {
    const { node, path } = step;
    if (node.kind === "scalar") {
      return touches(node, offset) ? { ...step, offset, on: "value" } : blankCursor(document, offset);
    }
    if (node.kind === "mapping") {
      const key = node.entries.find((entry) => touches(entry.key, offset));
      if (key !== undefined) {
        return { offset, on: "key", node: key.key, path: [...path, key.key.text], mapping: node, key: key.key };
      }
    }
    step = childAt(step, offset);
  }
  return blankCursor(document, offset);
}

function childAt({ node, path, mapping, key }: Step, offset: number): Step | undefined {
  if (node.kind === "mapping") {
    const entry = node.entries.find(({ value }) => touches(value, offset) && hasText(value));
    return entry && { node: entry.value, path: [...path, entry.key.text], mapping: node, key: entry.key };
  }
  if (node.kind === "sequence") {
    const index = node.items.findIndex((item) => touches(item, offset) && hasText(item));
    const item = node.items[index];
    return item && { node: item, path: [...path, index], mapping, key };
  }
  return undefined;
}

function touches(node: Node, offset: number): boolean {
  const { start, end } = node.origin.place;
  return start <= offset && offset <= end;
}

function hasText(node: Node): boolean {
  return node.origin.place.end > node.origin.place.start;
}

/** Blank ground: walks up the lines above, each time to a line that is indented less, to find the container. */
function blankCursor(document: SourceDocument, offset: number): Cursor {
  const { text } = document.file;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const written = text.slice(lineStart, offset);
  const sameLine = /^(\s*(?:-\s+)*)([^\s#-][^:#]*):\s+$/.exec(written);
  const indent = sameLine ? (sameLine[1]?.length ?? 0) : (/^[\s-]*/.exec(written)?.[0].length ?? 0);
  let best: Step | undefined;
  const visit = (step: Step, column: number): void => {
    const { node, path } = step;
    if (node.kind === "mapping") {
      const first = node.entries[0];
      const own = first === undefined ? column : columnOf(text, first.key.origin.place.start);
      if (own <= indent) best = step;
      const before = node.entries.filter((entry) => entry.key.origin.place.start < offset);
      const last = before[before.length - 1];
      if (last === undefined) return;
      const child = { node: last.value, path: [...path, last.key.text], mapping: node, key: last.key };
      if (sameLine && own === indent && last.key.origin.place.start >= lineStart) best = child;
      else if (indent > own || last.value.kind === "sequence") visit(child, own + 1);
    } else if (node.kind === "sequence") {
      const index = node.items.findLastIndex((item) => item.origin.place.start < offset);
      const item = node.items[index];
      if (columnOf(text, node.origin.place.start) <= indent) best = step;
      if (item !== undefined)
        visit({ node: item, path: [...path, index], mapping: step.mapping, key: step.key }, column);
    } else if (column <= indent) best = step;
  };
  if (document.root !== undefined) visit({ node: document.root, path: [], mapping: undefined, key: undefined }, 0);
  const { node, path, mapping, key } = best ?? { node: document.root, path: [], mapping: undefined, key: undefined };
  return { offset, on: "blank", node, path, mapping: node?.kind === "mapping" ? node : mapping, key };
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
