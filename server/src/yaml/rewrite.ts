import type { SourceDocument } from "./document";
import type { Edits } from "./edit";
import { readDocuments } from "./read";
import { applyEdits, type TextEdit } from "./textEdit";

/** One step of a larger change: what to edit in the document as the steps before left it. `undefined` gives the change up. */
export type RewriteStep = (document: SourceDocument) => Edits;

/**
 * Makes several edits that build on each other into one, which replaces only what differs in the end. `undefined` when a step
 * could not be done; the edit is empty when nothing changed.
 */
export function rewrite(document: SourceDocument, steps: readonly RewriteStep[]): TextEdit | undefined {
  const before = document.file.text;
  let current = document;
  for (const step of steps) {
    const edits = step(current);
    if (edits === undefined) return undefined;
    if (edits.length === 0) continue;
    const file = { path: document.file.path, text: applyEdits(current.file.text, edits) };
    const index = indexOf(current);
    const next: SourceDocument | undefined = readDocuments(file)[index];
    current = next ?? { file, start: 0, end: file.text.length, problems: [] };
  }
  return difference(before, current.file.text);
}

/** The shortest replacement in the middle that makes one text of the other. */
export function difference(before: string, after: string): TextEdit {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function indexOf(document: SourceDocument): number {
  const all = readDocuments(document.file);
  const index = all.findIndex(({ start, end }) => start === document.start && end === document.end);
  return Math.max(0, index);
}
