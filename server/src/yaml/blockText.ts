import type { SourceFile } from "./source";
import { lineEnd, lineStart } from "./textEdit";

/** The text of a block scalar, found by indentation alone. Both texts are as long as the file, so that offsets stay what they are. */
export interface BlockText {
  /** The offset of the `|` or `>` that opens it. */
  readonly header: number;
  /** The file with everything blanked but the block; of a block with several documents only the one around the offset is left. */
  readonly inner: string;
  /** The file with the block and its header blanked. */
  readonly outer: string;
}

const headerPattern = /(?:^|[\s:-])([|>][-+\d]*)[ \t]*(?:#.*)?\r?$/;

/** Finds the block scalar around an offset; `undefined` where there is none. */
export function findBlockText(file: SourceFile, offset: number): BlockText | undefined {
  const { text } = file;
  const here = lineStart(text, offset);
  let column = columnOf(text, here) ?? offset - here;
  for (let end = here - 1; end >= 0; ) {
    const start = lineStart(text, end);
    const line = text.slice(start, end);
    end = start - 1;
    const own = /\S/.exec(line)?.index;
    if (own === undefined) continue;
    if (own >= column) continue;
    const match = headerPattern.exec(line);
    if (match !== null) {
      const header = start + match.index + match[0].indexOf(match[1] ?? "");
      return { header, ...split(text, { header, indent: own, offset }) };
    }
    column = own;
  }
  return undefined;
}

function columnOf(text: string, start: number): number | undefined {
  const line = text.slice(start, lineEnd(text, start));
  return /\S/.exec(line)?.index;
}

/** Parts the lines of the block, which are indented deeper than `indent`, from all others. */
function split(
  text: string,
  { header, indent, offset }: { readonly header: number; readonly indent: number; readonly offset: number },
): Pick<BlockText, "inner" | "outer"> {
  let end = lineEnd(text, header);
  let first = end;
  let last: number | undefined;
  while (end < text.length) {
    const from = skipBreak(text, end);
    const stop = lineEnd(text, from);
    const column = columnOf(text, from);
    if (column !== undefined && column <= indent) break;
    if (/^\s*---(?:\s|$)/.test(text.slice(from, stop))) {
      if (from <= offset) first = stop;
      else last ??= from;
    }
    end = stop;
  }
  const stop = last ?? end;
  return {
    inner: blank(text.slice(0, first)) + text.slice(first, stop) + blank(text.slice(stop)),
    outer: text.slice(0, header) + blank(text.slice(header, end)) + text.slice(end),
  };
}

function skipBreak(text: string, at: number): number {
  return at + (text.startsWith("\r\n", at) ? 2 : 1);
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
