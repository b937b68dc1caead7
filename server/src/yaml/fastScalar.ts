import {
  backslash,
  bar,
  carriageReturn,
  colon,
  dash,
  doubleQuote,
  hash,
  isBlank,
  isBlankOrEnd,
  isLineEnd,
  newline,
  plus,
  singleQuote,
  space,
  tab,
} from "./characters";
import { giveUp, Unsure } from "./unsure";

/** A scalar read from a text: its value, and where it ends. */
export interface Piece {
  readonly value: string;
  readonly end: number;
  /** Where reading goes on; behind `end` for a block scalar, whose place stops at its last line with text. */
  readonly next: number;
}

const indicators: ReadonlySet<number> = new Set([...",[]{}#&*!|>'\"%@`"].map((sign) => sign.charCodeAt(0)));

/** Whether a plain scalar may begin at `at`. */
export function beginsPlain(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit === dash || unit === 63 || unit === colon) return !isBlankOrEnd(text.charCodeAt(at + 1));
  return !indicators.has(unit) && !isBlankOrEnd(unit);
}

/**
 * Reads a plain scalar in block context with the lines that continue it: those indented deeper than `parentIndent`, the
 * column of the map or list around it. A line break becomes a space, an empty line a line break.
 */
export function readPlain(text: string, start: number, parentIndent: number): Piece {
  let end = plainLineEnd(text, start);
  let value = text.slice(start, end);
  for (;;) {
    const continuation = findContinuation(text, end, parentIndent);
    if (continuation === undefined) return { value, end, next: end };
    const lineEnd = plainLineEnd(text, continuation.at);
    value += continuation.emptyLines === 0 ? " " : "\n".repeat(continuation.emptyLines);
    value += text.slice(continuation.at, lineEnd);
    end = lineEnd;
  }
}

/** The end of the plain text of one line, without the blanks and the comment behind it. */
function plainLineEnd(text: string, start: number): number {
  let end = start;
  for (let i = start; ; i++) {
    const unit = text.charCodeAt(i);
    if (unit > hash && unit !== colon) end = i + 1;
    else if (isLineEnd(unit)) return end;
    else if (unit === colon) {
      // A second key on the line, or a line that was meant as one.
      if (isBlankOrEnd(text.charCodeAt(i + 1))) giveUp();
      end = i + 1;
    } else if (unit === hash && isBlank(text.charCodeAt(i - 1))) return end;
    else if (!isBlank(unit)) end = i + 1;
  }
}

/** The first character of the next line of text, if that line belongs to the scalar that ends at `from`. */
function findContinuation(
  text: string,
  from: number,
  parentIndent: number,
): { at: number; emptyLines: number } | undefined {
  let emptyLines = -1;
  let at = from;
  let lineStart = from;
  for (; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === newline) {
      emptyLines++;
      lineStart = at + 1;
    } else if (unit === tab) {
      if (emptyLines >= 0) giveUp();
    } else if (unit !== space && unit !== carriageReturn) break;
  }
  if (emptyLines < 0 || at - lineStart <= parentIndent) return undefined;
  return at >= text.length || text.charCodeAt(at) === hash ? undefined : { at, emptyLines };
}

/** Reads a quoted scalar from its opening quote. */
export function readQuoted(text: string, start: number): Piece {
  return text.charCodeAt(start) === singleQuote ? readSingle(text, start) : readDouble(text, start);
}

/** Reads a quoted scalar; `undefined` when it has no end, or an escape that go-yaml does not know. */
export function tryReadQuoted(text: string, start: number): Piece | undefined {
  try {
    return readQuoted(text, start);
  } catch (error) {
    if (error instanceof Unsure) return undefined;
    throw error;
  }
}

function readSingle(text: string, start: number): Piece {
  let value = "";
  let from = start + 1;
  for (;;) {
    const close = text.indexOf("'", from);
    if (close < 0) giveUp();
    value += text.slice(from, close);
    from = close + 1;
    if (text.charCodeAt(from) !== singleQuote) {
      return { value: value.includes("\n") ? foldLines(value) : value, end: from, next: from };
    }
    value += "'";
    from++;
  }
}

/** In a quoted scalar blanks around a line break vanish, the break becomes a space, and empty lines become breaks. */
function foldLines(value: string): string {
  if (/\n(?:---|\.\.\.)/.test(value)) giveUp();
  return value.replace(/[ \t]*\r?\n[ \t\r\n]*/g, foldBreaks);
}

function foldBreaks(run: string): string {
  const breaks = run.split("\n").length - 1;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

const hexLengths: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function readDouble(text: string, start: number): Piece {
  let value = "";
  let from = start + 1;
  for (let i = from; ; i++) {
    const unit = text.charCodeAt(i);
    if (unit === doubleQuote) return { value: value + text.slice(from, i), end: i + 1, next: i + 1 };
    if (unit === backslash) {
      const found = readEscape(text, i + 1);
      value += text.slice(from, i) + found.value;
      i = found.end - 1;
      from = found.end;
    } else if (unit === newline) {
      const run = breakRun(text, from, i);
      value += text.slice(from, run.start) + run.value;
      i = run.end - 1;
      from = run.end;
    } else if (Number.isNaN(unit)) giveUp();
  }
}

/** The blanks and breaks around the newline at `at`; nothing before `from` belongs to them. */
function breakRun(text: string, from: number, at: number): { start: number; end: number; value: string } {
  let start = at;
  while (start > from && isBlankOrEnd(text.charCodeAt(start - 1))) start--;
  let end = at + 1;
  while (isBlank(text.charCodeAt(end)) || text.charCodeAt(end) === newline || text.charCodeAt(end) === carriageReturn)
    end++;
  if (text.startsWith("---", at + 1) || text.startsWith("...", at + 1)) giveUp();
  return { start, end, value: foldBreaks(text.slice(at, end)) };
}

/** Reads an escape from behind its backslash. */
function readEscape(text: string, at: number): { value: string; end: number } {
  const sign = text.charAt(at);
  const simple = simpleEscapes.get(sign);
  if (simple !== undefined) return { value: simple, end: at + 1 };
  if (sign === "\n" || sign === "\r") return readEscapedBreak(text, at);
  const length = hexLengths.get(sign);
  if (length === undefined) return giveUp();
  const hex = text.slice(at + 1, at + 1 + length);
  const point = /^[0-9a-fA-F]+$/.test(hex) && hex.length === length ? Number.parseInt(hex, 16) : -1;
  if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return giveUp();
  return { value: String.fromCodePoint(point), end: at + 1 + length };
}

/** A backslash at the end of a line joins it to the next one; empty lines between them stay. */
function readEscapedBreak(text: string, at: number): { value: string; end: number } {
  const [run = ""] = /^[ \t\r\n]*/.exec(text.slice(at, at + 10_000)) ?? [];
  if (/\n(?:---|\.\.\.)/.test(text.slice(at, at + run.length + 3))) giveUp();
  return { value: "\n".repeat(run.split("\n").length - 2), end: at + run.length };
}

/** How a block scalar begins. */
interface BlockHeader {
  readonly literal: boolean;
  readonly chomping: "clip" | "strip" | "keep";
  /** Columns deeper than the parent, when written (`|2`). */
  readonly indentation: number | undefined;
  /** The first character behind the header, without a comment. */
  readonly end: number;
  /** The first character of the next line. */
  readonly next: number;
}

function readHeader(text: string, start: number): BlockHeader {
  let chomping: BlockHeader["chomping"] = "clip";
  let indentation: number | undefined;
  let at = start + 1;
  for (; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === dash || unit === plus) chomping = unit === dash ? "strip" : "keep";
    else if (unit >= 49 && unit <= 57) indentation = unit - 48;
    else break;
  }
  // One sign and one digit at most, in any order: `|-+` is an error.
  const isSignTwice = at - start > 2 && indentation === undefined;
  const isDigitTwice = at - start > 2 && chomping === "clip";
  if (at - start > 3 || isSignTwice || isDigitTwice) giveUp();
  const end = at;
  while (isBlank(text.charCodeAt(at))) at++;
  const unit = text.charCodeAt(at);
  if (!isLineEnd(unit) && !(unit === hash && at > end)) giveUp();
  const lineEnd = text.indexOf("\n", at);
  if (lineEnd < 0) giveUp();
  return { literal: text.charCodeAt(start) === bar, chomping, indentation, end, next: lineEnd + 1 };
}

/** Reads a literal (`|`) or folded (`>`) scalar; `limit` is the end of the document. */
export function readBlockScalar(text: string, start: number, parentIndent: number, limit: number): Piece {
  const header = readHeader(text, start);
  const indent =
    header.indentation === undefined
      ? detectIndent(text, header.next, limit)
      : Math.max(parentIndent, 0) + header.indentation;
  if (indent <= parentIndent) giveUp();
  const lines = new BlockLines(header.literal);
  let next = header.next;
  let end = header.end;
  while (next < limit) {
    let at = next;
    while (at - next < indent && text.charCodeAt(at) === space) at++;
    const lineEnd = endOfLine(text, at);
    const contentEnd = lineEnd > at && text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
    const blank = at === contentEnd;
    if (!blank && at - next < indent) {
      // Only what belongs to the parent ends a block scalar without doubt.
      if (at - next > parentIndent || text.charCodeAt(at) === tab) giveUp();
      break;
    }
    if (blank) lines.addEmpty();
    else {
      lines.add(text.slice(at, contentEnd), lineEnd < text.length);
      end = trimBlanks(text, at, contentEnd) ?? end;
    }
    next = lineEnd + 1;
  }
  return { value: lines.chomp(header.chomping), end, next: Math.min(next, limit) };
}

/**
 * The value of a block scalar that ends with empty lines (`|+`). Where nothing but comments follows in the document, Kustomize
 * gives it one more: it writes the object and reads it again, and puts an empty line before a comment at the end.
 *
 * @param next the first character behind the scalar and its empty lines; `limit` is the end of the document.
 */
export function withBreakBeforeLastComment(text: string, value: string, next: number, limit: number): string {
  if (!value.endsWith("\n\n") && value !== "\n") return value;
  let commented = false;
  for (let at = next; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (isBlankOrEnd(unit)) continue;
    if (unit !== hash) return value;
    commented = true;
    at = endOfLine(text, at);
  }
  return commented ? `${value}\n` : value;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The end of a line without blanks behind its text; `undefined` for a line of blanks. */
function trimBlanks(text: string, start: number, end: number): number | undefined {
  let last = end;
  while (last > start && isBlankOrEnd(text.charCodeAt(last - 1))) last--;
  return last > start ? last : undefined;
}

/** The indentation of the first line with text; lines of spaces before it must not be deeper. */
function detectIndent(text: string, from: number, limit: number): number {
  let deepest = 0;
  for (let next = from; next < limit; ) {
    let at = next;
    while (text.charCodeAt(at) === space) at++;
    const unit = text.charCodeAt(at);
    if (!isLineEnd(unit)) {
      if (unit === tab || deepest > at - next) giveUp();
      return at - next;
    }
    deepest = Math.max(deepest, at - next);
    next = endOfLine(text, at) + 1;
  }
  return giveUp();
}

/** Joins the lines of a block scalar. */
class BlockLines {
  private value = "";
  /** The break behind the last line, not yet written: in a folded scalar it may become a space. */
  private lastBreak = "";
  private emptyLines = "";
  private lastIsDeeper = false;

  constructor(private readonly literal: boolean) {}

  addEmpty(): void {
    this.emptyLines += "\n";
  }

  add(line: string, hasBreak: boolean): void {
    const deeper = isBlank(line.charCodeAt(0));
    const folds = !this.literal && !deeper && !this.lastIsDeeper && this.lastBreak !== "";
    const between = folds ? (this.emptyLines === "" ? " " : "") : this.lastBreak;
    this.value += between + this.emptyLines + line;
    this.emptyLines = "";
    this.lastBreak = hasBreak ? "\n" : "";
    this.lastIsDeeper = deeper;
  }

  chomp(chomping: BlockHeader["chomping"]): string {
    if (chomping === "strip") return this.value;
    return this.value + this.lastBreak + (chomping === "keep" ? this.emptyLines : "");
  }
}
