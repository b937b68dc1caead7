import {
  bar,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dash,
  doubleQuote,
  greater,
  hash,
  isBlank,
  isBlankOrEnd,
  isLineEnd,
  newline,
  openBrace,
  openBracket,
  question,
  singleQuote,
} from "./characters";
import { tryReadQuoted } from "./fastScalar";

/**
 * Writes brackets and quoted texts of several lines on one line each: line breaks and comments in there become spaces, so that
 * nothing moves. go-yaml does not mind how the lines inside of brackets and quotes are indented; the `yaml` package does:
 *
 *     resources: [
 *       a.yaml
 *     ]
 *
 * @returns The text from `start` to `end` of `text`, of the same length.
 */
export function joinLines(text: string, start: number, end: number): string {
  const joiner = new LineJoiner(text, start, end);
  joiner.run();
  return joiner.result;
}

class LineJoiner {
  result = "";
  /** The next character to read. */
  private at: number;
  /** What stands before it is in `result`. */
  private copied: number;
  private lineStart: number;
  /** The column of the last key or dash on the line. */
  private parent = -1;

  constructor(
    private readonly text: string,
    start: number,
    private readonly end: number,
  ) {
    this.at = start;
    this.copied = start;
    this.lineStart = start;
  }

  run(): void {
    while (this.at < this.end) this.step();
    this.copyTo(this.end);
  }

  /** Goes over one token, or over the end of a line. */
  private step(): void {
    const unit = this.text.charCodeAt(this.at);
    const next = this.text.charCodeAt(this.at + 1);
    if (unit === newline) {
      this.lineStart = ++this.at;
      this.parent = -1;
    } else if (isBlankOrEnd(unit)) this.at++;
    else if (unit === hash) this.at = this.endOfLine(this.at);
    else if (unit === colon) this.at++;
    else if ((unit === dash || unit === question) && isBlankOrEnd(next)) {
      this.parent = this.at - this.lineStart;
      this.at++;
    } else if (unit === doubleQuote || unit === singleQuote) this.take(joinQuoted(this.text, this.at));
    else if (unit === openBracket || unit === openBrace) this.take(joinBrackets(this.text, this.at));
    else if (unit === bar || unit === greater) this.skipBlockScalar();
    else this.skipPlain();
  }

  private endOfLine(from: number): number {
    return from + lengthOfLine(this.text, from);
  }

  /** Goes behind a key with its colon, an anchor, a tag, or the rest of a line. */
  private skipPlain(): void {
    const start = this.at;
    const isProperty = this.text[start] === "&" || this.text[start] === "!";
    for (; ; this.at++) {
      const unit = this.text.charCodeAt(this.at);
      if (isLineEnd(unit) || (isProperty && isBlank(unit))) return;
      if (unit === hash && isBlank(this.text.charCodeAt(this.at - 1))) return;
      if (unit === colon && isBlankOrEnd(this.text.charCodeAt(this.at + 1))) {
        this.noteKey(start);
        this.at++;
        return;
      }
    }
  }

  private noteKey(start: number): void {
    this.parent = start - this.lineStart;
  }

  /** Goes over the lines that are empty or deeper than what the block scalar is the value of. */
  private skipBlockScalar(): void {
    let lineStart = this.endOfLine(this.at) + 1;
    while (lineStart < this.end) {
      let at = lineStart;
      while (this.text.charCodeAt(at) === 32) at++;
      if (!isLineEnd(this.text.charCodeAt(at)) && at - lineStart <= this.parent) break;
      lineStart = this.endOfLine(at) + 1;
    }
    this.at = lineStart - 1;
  }

  /** Takes over a text or brackets on one line; where they have no end, the rest of their line is left alone. */
  private take(joined: string | undefined): void {
    const start = this.at;
    const end = start + (joined?.length ?? 0);
    if (joined === undefined || end > this.end) {
      this.at = this.endOfLine(start);
      return;
    }
    this.copyTo(start);
    this.result += joined;
    this.copied = this.at = end;
    this.noteKey(start);
  }

  private copyTo(end: number): void {
    this.result += this.text.slice(this.copied, end);
    this.copied = end;
  }
}

/** The quoted text that begins at `start`, on one line; `undefined` when it has no end. */
function joinQuoted(text: string, start: number): string | undefined {
  const end = tryReadQuoted(text, start)?.end;
  return end === undefined ? undefined : text.slice(start, end).replace(/[\r\n]/g, " ");
}

/** The brackets that begin at `start`, on one line; `undefined` when they are not closed. */
function joinBrackets(text: string, start: number): string | undefined {
  let joined = "";
  let depth = 0;
  for (let at = start; at < text.length; at = start + joined.length) {
    const unit = text.charCodeAt(at);
    const before = text.charCodeAt(at - 1);
    if (unit === hash && isBlankOrEnd(before)) {
      joined += " ".repeat(lengthOfLine(text, at));
      continue;
    }
    if ((unit === doubleQuote || unit === singleQuote) && beginsToken(before)) {
      const quoted = joinQuoted(text, at);
      if (quoted === undefined) return undefined;
      joined += quoted;
      continue;
    }
    joined += isLineEnd(unit) ? " " : text.charAt(at);
    if (unit === openBracket || unit === openBrace) depth++;
    else if ((unit === closeBracket || unit === closeBrace) && --depth === 0) return joined;
  }
  return undefined;
}

/** Whether a quote behind this character is the first of its text. */
function beginsToken(before: number): boolean {
  return isBlankOrEnd(before) || before === comma || before === colon || before === openBracket || before === openBrace;
}

function lengthOfLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return (found < 0 ? text.length : found) - at;
}
