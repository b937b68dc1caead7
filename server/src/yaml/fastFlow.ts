import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  doubleQuote,
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
import { beginsPlain, readQuoted } from "./fastScalar";
import type { Entry, Node, Scalar } from "./node";
import { flowTimestamp } from "./scalar";
import { giveUp } from "./unsure";

/** Makes nodes whose places lie in the file that is read. */
export interface NodeMaker {
  scalar(value: string, style: Scalar["style"], start: number, end: number): Scalar;
  mapping(entries: readonly Entry[], start: number, end: number): Node;
  sequence(items: readonly Node[], start: number, end: number): Node;
}

/** Reads `[…]` and `{…}` as far as they are plain enough: no anchors, tags, `?` keys, or keys without a value. */
export class FlowReader {
  /** The next character to read. */
  at = 0;

  constructor(
    private readonly text: string,
    private readonly make: NodeMaker,
    private readonly maxDepth: number,
  ) {}

  /** Reads the collection that begins at `start`; `at` is then behind it. */
  read(start: number, depth: number): Node {
    this.at = start;
    return this.collection(depth);
  }

  private collection(depth: number): Node {
    if (depth >= this.maxDepth) giveUp();
    return this.text.charCodeAt(this.at) === openBrace ? this.mapping(depth) : this.sequence(depth);
  }

  private sequence(depth: number): Node {
    const start = this.at++;
    const items: Node[] = [];
    while (this.skip() !== closeBracket) {
      items.push(this.value(depth + 1));
      this.endItem(closeBracket);
    }
    this.at++;
    return this.make.sequence(items, start, this.at);
  }

  private mapping(depth: number): Node {
    const start = this.at++;
    const entries: Entry[] = [];
    while (this.skip() !== closeBrace) {
      const key = this.key();
      this.skip();
      entries.push({ key, value: this.value(depth + 1) });
      this.endItem(closeBrace);
    }
    this.at++;
    return this.make.mapping(entries, start, this.at);
  }

  /** Goes behind the comma after an item; a closing bracket is left. */
  private endItem(closing: number): void {
    const unit = this.skip();
    if (unit === comma) this.at++;
    else if (unit !== closing) giveUp();
  }

  private key(): Scalar {
    const start = this.at;
    const key = this.scalar();
    const end = this.at;
    while (isBlank(this.text.charCodeAt(this.at))) this.at++;
    // A key stands on one line with its colon.
    if (this.text.charCodeAt(this.at) !== colon || this.at - start > 1000) giveUp();
    if (this.text.slice(start, end).includes("\n")) giveUp();
    this.at++;
    // Only behind a quote may a value follow without a space.
    if (key.style === "plain" && !isBlankOrEnd(this.text.charCodeAt(this.at))) giveUp();
    return key;
  }

  private value(depth: number): Node {
    const unit = this.text.charCodeAt(this.at);
    return unit === openBrace || unit === openBracket ? this.collection(depth) : this.scalar();
  }

  private scalar(): Scalar {
    const start = this.at;
    const unit = this.text.charCodeAt(start);
    if (unit === doubleQuote || unit === singleQuote) {
      const { value, end } = readQuoted(this.text, start);
      this.at = end;
      return this.make.scalar(value, unit === doubleQuote ? "double" : "single", start, end);
    }
    if (!beginsPlain(this.text, start)) giveUp();
    const end = this.plainEnd(start);
    this.at = end;
    const scalar = this.make.scalar(this.text.slice(start, end), "plain", start, end);
    return scalar.tag === "timestamp" ? flowTimestamp(scalar) : scalar;
  }

  private plainEnd(start: number): number {
    let end = start;
    for (let i = start; ; i++) {
      const unit = this.text.charCodeAt(i);
      if (unit === comma || unit === closeBracket || unit === closeBrace) return end;
      if (unit === question || unit === openBracket || unit === openBrace) giveUp();
      if (isLineEnd(unit)) return end;
      if (unit === colon) {
        const next = this.text.charCodeAt(i + 1);
        if (isBlankOrEnd(next)) return end;
        if (next === comma || next === closeBracket || next === closeBrace) giveUp();
      }
      if (unit === hash && isBlank(this.text.charCodeAt(i - 1))) return end;
      if (!isBlank(unit)) end = i + 1;
    }
  }

  /** Goes over white space, line breaks and comments, and gives the character found. */
  private skip(): number {
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit === hash) {
        if (!isBlankOrEnd(this.text.charCodeAt(this.at - 1))) giveUp();
        const end = this.text.indexOf("\n", this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (unit === newline) {
        this.at++;
        if (this.text.startsWith("---", this.at) || this.text.startsWith("...", this.at)) giveUp();
      } else if (Number.isNaN(unit)) giveUp();
      else if (isBlankOrEnd(unit)) this.at++;
      else return unit;
    }
  }
}
