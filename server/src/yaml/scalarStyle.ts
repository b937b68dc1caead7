import { resolveYaml11Tag } from "./scalar";

/**
 * How go-yaml v2's emitter writes one scalar: which style it chooses and how it breaks long lines. The rules are those of its
 * `analyze_scalar` and `write_…_scalar`; the comments say what they amount to.
 */

/** Lines are broken at the first space beyond this column. */
const bestWidth = 80;

export interface ScalarText {
  readonly text: string;
  /** A literal block leaves the output at the end of its last line or at the start of the next one. */
  readonly block: boolean;
}

/** Where a scalar stands. */
export interface ScalarPosition {
  /** The column at which its text begins. */
  readonly column: number;
  /** The column at which its further lines begin. */
  readonly indent: number;
  /** A key on one line: never broken, never a block. */
  readonly simpleKey: boolean;
}

/** Text that is written as it is in every position: begins with a letter and looks like no other type. */
const harmless = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether a string is written as it is wherever it stands. Nearly all keys and most values are so. */
export function isHarmless(value: string): boolean {
  // The longest word that is another type is `false`.
  return harmless.test(value) && (value.length > 5 || resolveYaml11Tag(value) === "str");
}

/** Writes a string, in quotes where its text alone would mean something else. */
export function writeString(value: string, position: ScalarPosition): ScalarText {
  if (isHarmless(value)) return { text: value, block: false };
  const plainIsString = resolveYaml11Tag(value) === "str" && !sexagesimal.test(value);
  const analysis = analyse(value);
  if (value.includes("\n") && analysis.blockAllowed && !position.simpleKey) {
    return { text: writeLiteral(value, position.indent), block: true };
  }
  let text: string;
  if (value.includes("\n") || !plainIsString) text = writeDouble(value, position);
  else if (analysis.plainAllowed) text = writePlain(value, position);
  else if (analysis.singleAllowed) text = writeSingle(value, position);
  else text = writeDouble(value, position);
  return { text, block: false };
}

/** Whether a key fits before its colon: without line breaks and at most 128 bytes; others are written after `?`. */
export function isSimpleKey(value: string): boolean {
  if (value.length <= 42 || harmless.test(value)) return value.length <= 128 && !hasBreak(value);
  return new TextEncoder().encode(value).length <= 128 && !hasBreak(value);
}

const anyBreak = /[\n\r\u0085\u2028\u2029]/;

function hasBreak(value: string): boolean {
  return anyBreak.test(value);
}

function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13 || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}

/** Go's emitter knows characters of up to three bytes; emoji and all others beyond U+FFFF are escaped. */
function isPrintable(unit: number): boolean {
  if (unit < 0x7f) return unit >= 0x20 || unit === 10;
  return unit >= 0xa0 && !(unit >= 0xd800 && unit <= 0xdfff) && unit !== 0xfeff && unit < 0xfffe;
}

interface Analysis {
  readonly plainAllowed: boolean;
  readonly singleAllowed: boolean;
  readonly blockAllowed: boolean;
}

const indicators: ReadonlySet<number> = new Set([..."#,[]{}&*!|>'\"%@`"].map((sign) => sign.charCodeAt(0)));

function analyse(value: string): Analysis {
  const last = value.length - 1;
  let plainAllowed = value.length > 0 && !value.startsWith("---") && !value.startsWith("...");
  let special = false;
  let multiline = false;
  let spaceBeforeBreak = false;
  let spaceAfterBreak = false;
  let previous = -1;
  for (let i = 0; i <= last; i++) {
    const unit = value.charCodeAt(i);
    if (unit >= 97 && unit <= 122) {
      previous = unit;
      continue;
    }
    if (isIndicator(value, i, previous)) plainAllowed = false;
    if (!isPrintable(unit)) special = true;
    if (isBreak(unit)) {
      multiline = true;
      if (previous === 32) spaceBeforeBreak = true;
    } else if (unit === 32 && isBreak(previous)) spaceAfterBreak = true;
    previous = unit;
  }
  const trailingSpace = previous === 32;
  if (value.startsWith(" ") || trailingSpace || multiline) plainAllowed = false;
  const unquotable = special || spaceBeforeBreak;
  return {
    plainAllowed: plainAllowed && !unquotable,
    singleAllowed: !unquotable && !spaceAfterBreak,
    blockAllowed: value.length > 0 && !trailingSpace && !unquotable,
  };
}

/** Whether the character at `i` would be read as syntax if the scalar were plain. */
function isIndicator(value: string, i: number, previous: number): boolean {
  const unit = value.charCodeAt(i);
  if (i === 0 && indicators.has(unit)) return true;
  const colon = unit === 58;
  const dashOrQuestion = i === 0 && (unit === 45 || unit === 63);
  if (colon || dashOrQuestion) {
    const next = value.charCodeAt(i + 1);
    return i === value.length - 1 || next === 32 || next === 9;
  }
  return unit === 35 && (previous === 32 || previous === 9 || previous === 0 || isBreak(previous));
}

/** Collects text and keeps count of the column. */
class Line {
  text = "";
  constructor(
    public column: number,
    private readonly indent: number,
  ) {}

  add(piece: string): void {
    this.text += piece;
    this.column += piece.length;
  }

  /** A line break and the indentation of the next line. */
  fold(): void {
    this.text += `\n${" ".repeat(this.indent)}`;
    this.column = this.indent;
  }
}

function writePlain(value: string, position: ScalarPosition): string {
  if (position.simpleKey || position.column + value.length <= bestWidth || !value.includes(" ")) return value;
  const line = new Line(position.column, position.indent);
  let from = 0;
  for (let i = value.indexOf(" "); i >= 0; i = nextSpace(value, i)) {
    // Runs of spaces stay whole: only a single space can become a line break.
    if (line.column + i - from <= bestWidth || value.charCodeAt(i + 1) === 32) continue;
    line.add(value.slice(from, i));
    line.fold();
    from = i + 1;
  }
  return line.text + value.slice(from);
}

/** The first space of the next run of spaces. */
function nextSpace(value: string, i: number): number {
  let next = i + 1;
  while (value.charCodeAt(next) === 32) next++;
  return value.indexOf(" ", next);
}

function writeSingle(value: string, position: ScalarPosition): string {
  const line = new Line(position.column, position.indent);
  line.add("'");
  let afterSpace = false;
  let afterBreak = false;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (isBreak(unit)) {
      // Only U+2028 and U+2029 come here: strings with a newline are blocks or double-quoted.
      line.text += value.charAt(i);
      line.column = 0;
      afterBreak = true;
      continue;
    }
    if (unit === 32 && !position.simpleKey && !afterSpace && line.column > bestWidth && canFold(value, i)) {
      line.fold();
      afterSpace = true;
      continue;
    }
    if (afterBreak) line.add(" ".repeat(position.indent));
    line.add(unit === 39 ? "''" : value.charAt(i));
    afterSpace = unit === 32;
    afterBreak = false;
  }
  return `${line.text}'`;
}

function canFold(value: string, i: number): boolean {
  return i > 0 && i < value.length - 1 && value.charCodeAt(i + 1) !== 32;
}

function writeDouble(value: string, position: ScalarPosition): string {
  const line = new Line(position.column, position.indent);
  line.add('"');
  // The emitter asks whether the *string* begins with a byte order mark when it means the character: then all is escaped.
  const escapeAll = value.startsWith("\ufeff");
  let afterSpace = false;
  for (let i = 0; i < value.length; i++) {
    const point = value.codePointAt(i) ?? 0;
    if (point > 0xffff) i++;
    if (escapeAll || point > 0xffff || !isPrintable(point) || isBreak(point) || point === 34 || point === 92) {
      line.add(escaped(point));
      afterSpace = false;
    } else if (point === 32) {
      const fold = !position.simpleKey && !afterSpace && line.column > bestWidth && i > 0 && i < value.length - 1;
      if (fold) {
        line.fold();
        if (value.charCodeAt(i + 1) === 32) line.add("\\");
      } else line.add(" ");
      afterSpace = true;
    } else {
      line.add(value.charAt(i));
      afterSpace = false;
    }
  }
  return `${line.text}"`;
}

const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x00, "\\0"],
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0b, "\\v"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [0x1b, "\\e"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
  [0x85, "\\N"],
  [0xa0, "\\_"],
  [0x2028, "\\L"],
  [0x2029, "\\P"],
]);

function escaped(point: number): string {
  const short = shortEscapes.get(point);
  if (short !== undefined) return short;
  const hex = point.toString(16).toUpperCase();
  if (point <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** `|`, a hint where the text begins with a space or a break, `-` without a final newline, `+` with more than one. */
function writeLiteral(value: string, indent: number): string {
  const first = value.charCodeAt(0);
  const hint = first === 32 || isBreak(first) ? "2" : "";
  const ending = value.length - 1;
  let chomping = "";
  if (!isBreak(value.charCodeAt(ending))) chomping = "-";
  else if (ending === 0 || isBreak(value.charCodeAt(ending - 1))) chomping = "+";
  const margin = " ".repeat(indent);
  let text = `|${hint}${chomping}\n`;
  let from = 0;
  for (let i = 0; i <= value.length; i++) {
    if (i < value.length && !isBreak(value.charCodeAt(i))) continue;
    if (i > from) text += margin;
    text += value.slice(from, i + 1);
    from = i + 1;
  }
  return text;
}
