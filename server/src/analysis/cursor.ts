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

/** What the line says, up to the cursor, about the place of what will be written there. */
interface BlankLine {
  readonly start: number;
  /** The column of a new key; of a line that ends in `- `, the column of that dash. */
  readonly column: number;
  /** `dash`: a new item of a list. `key`: the value of a key on this line. `bare`: a new key. */
  readonly after: "dash" | "key" | "bare";
}

/** Blank ground: goes down the values that begin above the cursor, as long as the indentation allows. */
function blankCursor(document: SourceDocument, offset: number): Cursor {
  const { text } = document.file;
  const line = readBlankLine(text, offset);
  const top: Step | undefined = document.root && { node: document.root, path: [], mapping: undefined, key: undefined };
  let best = top;
  for (let step = top; step !== undefined; step = lastChildBefore(step, offset)) {
    if (joins(step.node, text, line) || fills(step, text, line)) best = step;
    else if (line.after === "key" && step.key !== undefined && step.key.origin.place.start >= line.start) best = step;
  }
  const { node, path, mapping, key } = best ?? { node: undefined, path: [], mapping: undefined, key: undefined };
  return { offset, on: "blank", node, path, mapping: node?.kind === "mapping" ? node : mapping, key };
}

function readBlankLine(text: string, offset: number): BlankLine {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const written = text.slice(start, offset);
  const dash = /^(\s*(?:-\s+)*)-\s+$/.exec(written);
  if (dash) return { start, column: dash[1]?.length ?? 0, after: "dash" };
  const key = /^(\s*(?:-\s+)*)[^\s#-][^:#]*:\s+$/.exec(written);
  if (key) return { start, column: key[1]?.length ?? 0, after: "key" };
  return { start, column: /^[\s-]*/.exec(written)?.[0].length ?? 0, after: "bare" };
}

/** Whether a new entry at the line's column would belong to `node`. */
function joins(node: Node, text: string, line: BlankLine): boolean {
  if (node.kind === "sequence") {
    const column = columnOf(text, node.origin.place.start);
    return line.after === "dash" ? column <= line.column : line.after === "bare" && column < line.column;
  }
  if (node.kind !== "mapping" || line.after === "dash") return false;
  const first = node.entries[0];
  return first !== undefined && columnOf(text, first.key.origin.place.start) <= line.column;
}

/** Whether what is written at the line's column would be the value that a key above does not have yet. */
function fills({ node, path, key }: Step, text: string, line: BlankLine): boolean {
  if (key === undefined || typeof path.at(-1) !== "string" || node.kind !== "scalar" || hasText(node)) return false;
  const column = columnOf(text, key.origin.place.start);
  return line.after === "dash" ? column <= line.column : line.after === "bare" && column < line.column;
}

function lastChildBefore({ node, path, mapping, key }: Step, offset: number): Step | undefined {
  if (node.kind === "mapping") {
    const entry = node.entries.findLast(({ key: { origin } }) => origin.place.start < offset);
    return entry && { node: entry.value, path: [...path, entry.key.text], mapping: node, key: entry.key };
  }
  if (node.kind === "sequence") {
    const index = node.items.findLastIndex(({ origin }) => origin.place.start < offset);
    const item = node.items[index];
    return item && { node: item, path: [...path, index], mapping, key };
  }
  return undefined;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
