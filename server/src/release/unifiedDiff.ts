import { lineStarts, positionAt } from "../yaml/source";
import { applyEdits } from "../yaml/textEdit";
import type { PlannedFile } from "./imagePlan";

/** Lines of the text before, from `start` up to `end`, and what stands there afterwards. */
interface ChangedLines {
  readonly start: number;
  readonly end: number;
  readonly after: readonly string[];
}

const contextLines = 3;

/**
 * The change of one file as `git diff` shows it, so that `git apply` takes it.
 *
 * @param name the path of the file as it is to be shown.
 */
export function unifiedDiff({ before, edits }: PlannedFile, name: string): string {
  const lines = linesOf(before.text);
  const hunks: string[] = [];
  let shift = 0;
  for (const group of groupByDistance(findChangedLines({ before, edits }, lines))) {
    const from = Math.max(0, (group[0]?.start ?? 0) - contextLines);
    const to = Math.min(lines.length, (group.at(-1)?.end ?? 0) + contextLines);
    const body: string[] = [];
    let at = from;
    for (const { start, end, after } of group) {
      body.push(...lines.slice(at, start).map((line) => ` ${line}`));
      body.push(...lines.slice(start, end).map((line) => `-${line}`), ...after.map((line) => `+${line}`));
      at = end;
    }
    body.push(...lines.slice(at, to).map((line) => ` ${line}`));
    const grown = group.reduce((sum, { start, end, after }) => sum + after.length - (end - start), 0);
    const header = `@@ -${rangeOf(from, to - from)} +${rangeOf(from + shift, to - from + grown)} @@`;
    hunks.push(`${header}\n${body.map(endLine).join("")}`);
    shift += grown;
  }
  return hunks.length === 0 ? "" : `--- a/${name}\n+++ b/${name}\n${hunks.join("")}`;
}

/** Each with its line break; what stands behind the last one counts when there is something. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function endLine(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}

function rangeOf(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function findChangedLines(
  { before, edits }: Pick<PlannedFile, "before" | "edits">,
  lines: readonly string[],
): readonly ChangedLines[] {
  // Lines end where `git` ends them: at a line feed.
  const file = { path: before.path, text: before.text.replaceAll(/\r(?!\n)/g, " ") };
  const starts = lineStarts(file);
  const ranges: { start: number; end: number }[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const start = Math.min(positionAt(file, edit.start).line, Math.max(0, lines.length - 1));
    const end = Math.min(positionAt(file, edit.end).line + 1, lines.length);
    const last = ranges.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges.flatMap(({ start, end }) => {
    const [from, to] = [starts[start] ?? 0, end >= lines.length ? before.text.length : (starts[end] ?? 0)];
    const own = edits
      .filter((edit) => edit.start >= from && edit.end <= to)
      .map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
    const after = linesOf(applyEdits(before.text.slice(from, to), own));
    return trimSame({ start, end, after }, lines);
  });
}

/** Leaves out lines at both ends that stay the same. */
function trimSame({ start, end, after }: ChangedLines, lines: readonly string[]): ChangedLines[] {
  let front = 0;
  while (start + front < end && front < after.length && lines[start + front] === after[front]) front++;
  let back = 0;
  const most = Math.min(end - start, after.length) - front;
  while (back < most && lines[end - 1 - back] === after[after.length - 1 - back]) back++;
  const trimmed = { start: start + front, end: end - back, after: after.slice(front, after.length - back) };
  return trimmed.start === trimmed.end && trimmed.after.length === 0 ? [] : [trimmed];
}

function groupByDistance(changes: readonly ChangedLines[]): readonly (readonly ChangedLines[])[] {
  const groups: ChangedLines[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last !== undefined && change.start - (last.at(-1)?.end ?? 0) <= 2 * contextLines) last.push(change);
    else groups.push([change]);
  }
  return groups;
}
