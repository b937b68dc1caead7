import type { SourceDocument } from "./document";
import type { Located } from "./editLocate";
import { type Container, type Slot, startOf } from "./editTree";
import { breakAfter, breakBefore, isLineStart, lineEnd, lineStart, type TextEdit, withoutBreak } from "./textEdit";
import { indentLines } from "./writeValue";

/** A value written as a block: what stands behind the key, and whole lines below it. */
export interface Block {
  readonly head: string;
  readonly lines: readonly string[];
}

/** Writes a value where none is yet: the head behind the colon, the lines below the comment that may stand there. */
export function fillGap(found: Located, gap: number, { head, lines }: Block): TextEdit[] {
  const { text, eol } = found;
  const edits: TextEdit[] = head === "" ? [] : [{ start: gap, end: gap, text: ` ${head}` }];
  if (lines.length > 0) {
    const end = lineEnd(text, gap);
    edits.push({ start: end, end, text: lines.map((line) => eol + line).join("") });
  }
  return edits;
}

/** Replaces a value by one of another shape. What stood on the lines below the key goes as whole lines. */
export function replaceBlock(found: Located, slot: Slot, block: Block): TextEdit[] {
  const { text } = found;
  const start = slot.value === undefined ? slot.valueGap : startOf(slot.value);
  const end = withoutBreak(text, slot.end);
  if (text.slice(slot.valueGap, start).includes("\n")) {
    // What stood below the key goes with its comments; the comment behind the key stays.
    const rest = { start: lineEnd(text, slot.valueGap), end: lineEnd(text, end) };
    const below: TextEdit = { ...rest, text: block.lines.map((line) => found.eol + line).join("") };
    const gap = { start: slot.valueGap, end: slot.valueGap };
    return block.head === "" ? [below] : merge([{ ...gap, text: ` ${block.head}` }, below]);
  }
  // The comment on the first line of a block scalar lies inside its range.
  const comment = slot.value?.type === "block-scalar" ? headerComment(text.slice(start, end)) : "";
  if (block.lines.length === 0 && block.head !== "") return [{ start, end, text: block.head + comment }];
  const gone: TextEdit =
    block.head === "" ? { start: slot.valueGap, end, text: comment } : { start, end, text: block.head + comment };
  const stop = lineEnd(text, end);
  return [gone, { start: stop, end: stop, text: block.lines.map((line) => found.eol + line).join("") }];
}

/** The comment behind the header of a block scalar, with the space before it; empty when there is none. */
export function headerComment(written: string): string {
  return /^[|>][-+0-9]*(\s+#[^\r\n]*)?/.exec(written)?.[1] ?? "";
}

/** Joins an insertion and a removal that touch, so that edits never share a place. */
function merge(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const result: TextEdit[] = [];
  for (const edit of sorted) {
    const last = result.at(-1);
    if (last === undefined || last.end < edit.start) result.push(edit);
    else
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, edit.end), text: last.text + edit.text };
  }
  return result;
}

/** Whole new lines before the entry at `at`, or behind the last. */
export function insertLines(found: Located, target: Container, lines: readonly string[], at?: number): TextEdit {
  const { text, eol } = found;
  const indented = indentLines(lines, target.indent);
  const before = at === undefined ? undefined : target.slots[at];
  const previous = before === undefined ? target.slots.at(-1) : target.slots[target.slots.indexOf(before) - 1];
  if (previous === undefined) {
    const start = before?.start ?? target.start;
    const margin = " ".repeat(target.indent);
    return { start, end: start, text: `${indented.join(eol).trimStart()}${eol}${margin}` };
  }
  if (isLineStart(text, previous.end)) {
    return { start: previous.end, end: previous.end, text: indented.map((line) => line + eol).join("") };
  }
  const end = lineEnd(text, previous.end);
  return { start: end, end, text: indented.map((line) => eol + line).join("") };
}

/** The first entry of a document that has none: empty, only comments, or `{}`. */
export function insertFirst(
  document: SourceDocument,
  found: Located,
  lines: readonly string[],
  flow: string | undefined,
): readonly TextEdit[] | undefined {
  const { text, eol, target } = found;
  if (target !== undefined) {
    return target.kind === "sequence" || flow === undefined
      ? undefined
      : [{ start: target.start, end: target.end, text: flow }];
  }
  if (
    document.root !== undefined &&
    text.slice(document.root.origin.place.start, document.root.origin.place.end) !== ""
  ) {
    return undefined;
  }
  const end = document.end;
  const lead = isLineStart(text, end) ? "" : eol;
  return [{ start: end, end, text: lead + lines.map((line) => line + eol).join("") }];
}

export function insertFlow(text: string, target: Container, written: string, at?: number): TextEdit {
  const before = at === undefined ? undefined : target.slots[at];
  const last = target.slots.at(-1);
  const neighbour = before ?? last;
  const lineBreak =
    neighbour === undefined ? undefined : /[\r\n]+[ \t]*$/.exec(text.slice(target.start, neighbour.start));
  const gap = lineBreak?.[0] ?? " ";
  if (before !== undefined) return { start: before.start, end: before.start, text: `${written},${gap}` };
  const end = last?.end ?? target.start + 1;
  return { start: end, end, text: `,${gap}${written}` };
}

export function removeFlow(text: string, container: Container, index: number): TextEdit {
  const slot = container.slots[index] ?? { start: container.start, end: container.start };
  const next = container.slots[index + 1];
  const previous = container.slots[index - 1];
  if (next !== undefined) return { start: slot.start, end: next.start, text: "" };
  if (previous !== undefined) return { start: previous.end, end: slot.end, text: "" };
  return { start: container.start, end: container.end, text: text[container.start] === "{" ? "{}" : "[]" };
}

/** Removes one of several block entries. */
export function removeLines(text: string, container: Container, index: number): TextEdit {
  const slot = container.slots[index] ?? { start: container.start, end: container.start };
  const next = container.slots[index + 1];
  const ownLine = text.slice(lineStart(text, slot.start), slot.start).trim() === "";
  if (!ownLine) {
    // The first entry of a mapping that begins behind a dash: the next one takes its place.
    const end = next?.start ?? slot.end;
    return { start: slot.start, end, text: "" };
  }
  const start = ownComments(text, container, index);
  if (isLineStart(text, slot.end)) return { start, end: slot.end, text: "" };
  const end = lineEnd(text, slot.end);
  const after = breakAfter(text, end);
  return after > end ? { start, end: after, text: "" } : { start: breakBefore(text, start), end, text: "" };
}

/** The start of the comment lines that stand directly above an entry; those that head the document are the document's. */
export function ownComments(text: string, container: Container, index: number): number {
  const slot = container.slots[index];
  let start = lineStart(text, slot?.start ?? container.start);
  if (index === 0) return start;
  const floor = container.slots[index - 1]?.end ?? 0;
  while (start > floor) {
    const above = lineStart(text, breakBefore(text, start));
    if (above < floor || !/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** Replaces a value inside brackets, or writes one where none is. */
export function replaceOrFill(slot: Slot, written: string): TextEdit {
  if (slot.value !== undefined) return { start: startOf(slot.value), end: slot.end, text: written };
  return { start: slot.valueGap, end: slot.valueGap, text: ` ${written}` };
}
