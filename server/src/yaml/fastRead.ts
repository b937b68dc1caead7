import { maxDepth } from "./anchors";
import {
  bar,
  carriageReturn,
  colon,
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
  singleQuote,
  space,
  tab,
} from "./characters";
import type { SourceDocument } from "./document";
import { FlowReader, type NodeMaker } from "./fastFlow";
import { beginsPlain, readBlockScalar, readPlain, readQuoted, withBreakBeforeLastComment } from "./fastScalar";
import type { Entry, Mapping, Node, Scalar, Sequence, Style } from "./node";
import { resolveTag } from "./scalar";
import type { SourceFile } from "./source";
import type { DocumentText } from "./splitDocuments";
import { giveUp, Unsure } from "./unsure";

/**
 * Reads a document of the YAML that manifests are written in: maps and lists by indentation, all kinds of scalars, simple
 * `[…]` and `{…}`, comments. One pass, many times faster than a full parser. `undefined` when there is anything in the text
 * that it does not surely understand: anchors, aliases, tags, directives, `?` keys, duplicate keys, and all mistakes.
 * What it reads is the same as what `readFully` reads.
 */
export function fastRead(file: SourceFile, text: string, document: DocumentText): SourceDocument | undefined {
  if (document.problem !== undefined) return undefined;
  // A byte order mark behind the start of the file is read in more than one way.
  if (text.slice(document.start, document.end).includes("\ufeff")) return undefined;
  const outcome = tryRead(file, text, document);
  if (typeof outcome === "number") return undefined;
  return { file, start: document.start, end: document.end, root: outcome.root, problems: [], warnings: [] };
}

/** Where {@link fastRead} stops in a document that it leaves to the full reader: at the mistake, or right before it. */
export function whereFastReadStops(file: SourceFile, text: string, document: DocumentText): number {
  const outcome = tryRead(file, text, document);
  return typeof outcome === "number" ? outcome : document.start;
}

function tryRead(file: SourceFile, text: string, document: DocumentText): { readonly root: Node | undefined } | number {
  const reader = new BlockReader(file, text, document.end);
  try {
    return { root: reader.read(document.start) };
  } catch (error) {
    if (error instanceof Unsure) return reader.position;
    throw error;
  }
}

class BlockReader implements NodeMaker {
  /** The next character to read. */
  private at = 0;
  /** Where the line of `at` begins, whenever `at` is at the first text of a line. */
  private lineStart = 0;
  private readonly flow: FlowReader;

  constructor(
    private readonly file: SourceFile,
    private readonly text: string,
    /** The end of the document, which is the start of a line or the end of the text. */
    private readonly end: number,
  ) {
    this.flow = new FlowReader(text, this, maxDepth);
  }

  get position(): number {
    return this.at;
  }

  read(start: number): Node | undefined {
    this.at = start;
    this.lineStart = start;
    const column = this.nextLine();
    if (column < 0) return undefined;
    const unit = this.unit();
    const isFlow = unit === openBrace || unit === openBracket;
    // A document that is one text is rarely a manifest.
    if (!isFlow && !this.atDash() && this.findColon(this.at) < 0) giveUp();
    const root = this.block(column, -1, 0);
    if (this.nextLine() >= 0) giveUp();
    return root;
  }

  /**
   * Goes to the next text: over the end of this line and over lines that are empty or hold a comment. At a text already, it
   * stays there.
   * @returns The column of the text, or -1 at the end of the document.
   */
  private nextLine(): number {
    for (;;) {
      const unit = this.at < this.end ? this.unit() : Number.NaN;
      if (unit === space || unit === carriageReturn) this.at++;
      else if (unit === newline) this.lineStart = ++this.at;
      else if (unit === hash) this.skipComment();
      else if (Number.isNaN(unit)) return -1;
      else if (unit === tab) giveUp();
      else break;
    }
    const column = this.at - this.lineStart;
    if (column === 0 && this.atMarker()) giveUp();
    return column;
  }

  /** `---` and `...` end a document, `%` begins a directive. */
  private atMarker(): boolean {
    return this.unit() === 37 || this.text.startsWith("---", this.at) || this.text.startsWith("...", this.at);
  }

  /** Goes to the end of a line on which only blanks and a comment may follow. */
  private endLine(): void {
    while (isBlank(this.unit())) this.at++;
    const unit = this.unit();
    if (isLineEnd(unit)) return;
    if (unit !== hash || !isBlank(this.text.charCodeAt(this.at - 1))) giveUp();
    this.skipComment();
  }

  private skipComment(): void {
    const lineEnd = this.text.indexOf("\n", this.at);
    this.at = lineEnd < 0 ? this.end : lineEnd;
  }

  private unit(): number {
    return this.text.charCodeAt(this.at);
  }

  private atDash(): boolean {
    return this.unit() === dash && isBlankOrEnd(this.text.charCodeAt(this.at + 1));
  }

  /** Reads the value that begins at `at`, in `column`, inside a map or list in column `parent`. */
  private block(column: number, parent: number, depth: number): Node {
    if (depth >= maxDepth) giveUp();
    if (this.atDash()) return this.readSequence(column, depth);
    const end = this.findColon(this.at);
    return end < 0 ? this.readInline(parent, depth) : this.readMapping(column, depth, end);
  }

  private readSequence(column: number, depth: number): Sequence {
    const start = this.at;
    const items: Node[] = [];
    for (;;) {
      const item = this.readItem(column, depth);
      items.push(item);
      const next = this.nextLine();
      if (next > column) giveUp();
      if (next < column || !this.atDash()) return this.sequence(items, start, item.origin.place.end);
    }
  }

  private readItem(column: number, depth: number): Node {
    const behind = ++this.at;
    while (this.unit() === space) this.at++;
    const unit = this.unit();
    if (!isLineEnd(unit) && unit !== hash) return this.block(column + 1 + this.at - behind, column, depth + 1);
    const next = this.nextLine();
    return next > column ? this.block(next, column, depth + 1) : this.scalar("", "plain", behind, behind);
  }

  private readMapping(column: number, depth: number, firstColon: number): Mapping {
    const start = this.at;
    const entries: Entry[] = [];
    let keyColon = firstColon;
    for (;;) {
      const key = this.readKey(keyColon);
      const value = this.readValue(column, depth);
      entries.push({ key, value });
      const next = this.nextLine();
      if (next > column) giveUp();
      if (next < column) return this.mapping(entries, start, value.origin.place.end);
      keyColon = this.atDash() ? -1 : this.findColon(this.at);
      if (keyColon < 0) giveUp();
    }
  }

  /** The colon behind the key that begins at `start`; -1 when no key begins there. */
  private findColon(start: number): number {
    const first = this.text.charCodeAt(start);
    let at = start;
    if (first === doubleQuote || first === singleQuote) {
      at = readQuoted(this.text, start).end;
      while (isBlank(this.text.charCodeAt(at))) at++;
      if (this.text.charCodeAt(at) !== colon || !isBlankOrEnd(this.text.charCodeAt(at + 1))) return -1;
      if (this.text.slice(start, at).includes("\n")) giveUp();
    } else {
      if (!beginsPlain(this.text, start)) return -1;
      at = plainColon(this.text, start);
    }
    // YAML wants the colon within 1,024 characters.
    if (at - start > 1000) giveUp();
    return at;
  }

  private readKey(colonAt: number): Scalar {
    const start = this.at;
    const unit = this.unit();
    this.at = colonAt + 1;
    if (unit === doubleQuote || unit === singleQuote) {
      const { value, end } = readQuoted(this.text, start);
      return this.scalar(value, unit === doubleQuote ? "double" : "single", start, end);
    }
    let end = colonAt;
    while (isBlank(this.text.charCodeAt(end - 1))) end--;
    return this.scalar(this.text.slice(start, end), "plain", start, end);
  }

  /** Reads the value behind a colon in a map in `column`. */
  private readValue(column: number, depth: number): Node {
    const behind = this.at;
    while (this.unit() === space) this.at++;
    const unit = this.unit();
    if (!isLineEnd(unit) && unit !== hash) return this.readInline(column, depth + 1);
    const next = this.nextLine();
    if (next > column) return this.block(next, column, depth + 1);
    // The items of a list may stand in the column of its key.
    if (next === column && this.atDash()) return this.block(column, column, depth + 1);
    return this.scalar("", "plain", behind, behind);
  }

  /** Reads a value that is neither a list nor a map by indentation, and the rest of its last line. */
  private readInline(parent: number, depth: number): Node {
    const start = this.at;
    const unit = this.unit();
    if (unit === bar || unit === greater) {
      const piece = readBlockScalar(this.text, start, parent, this.end);
      this.at = this.lineStart = piece.next;
      const value = withBreakBeforeLastComment(this.text, piece.value, piece.next, this.end);
      return this.scalar(value, unit === bar ? "literal" : "folded", start, piece.end);
    }
    if (unit === openBrace || unit === openBracket) {
      const node = this.flow.read(start, depth);
      this.at = this.flow.at;
      this.endLine();
      return node;
    }
    const style = unit === doubleQuote ? "double" : unit === singleQuote ? "single" : "plain";
    if (style === "plain" && !beginsPlain(this.text, start)) giveUp();
    const piece = style === "plain" ? readPlain(this.text, start, parent) : readQuoted(this.text, start);
    if (piece.end > this.end) giveUp();
    this.at = piece.end;
    this.endLine();
    return this.scalar(piece.value, style, start, piece.end);
  }

  scalar(text: string, style: Style, start: number, end: number): Scalar {
    const tag = style === "plain" ? resolveTag(text) : "str";
    return { kind: "scalar", text, tag, style, origin: { place: { file: this.file, start, end } } };
  }

  mapping(entries: readonly Entry[], start: number, end: number): Mapping {
    if (needsCare(entries)) giveUp();
    const origin = { place: { file: this.file, start, end } };
    return this.text.charCodeAt(start) === openBrace
      ? { kind: "mapping", entries, flow: true, origin }
      : { kind: "mapping", entries, origin };
  }

  sequence(items: readonly Node[], start: number, end: number): Sequence {
    const origin = { place: { file: this.file, start, end } };
    return this.text.charCodeAt(start) === openBracket
      ? { kind: "sequence", items, flow: true, origin }
      : { kind: "sequence", items, origin };
  }
}

/** The colon that ends a plain key on the line of `start`; -1 when there is none. */
function plainColon(text: string, start: number): number {
  for (let i = start; ; i++) {
    const unit = text.charCodeAt(i);
    if (unit > colon) continue;
    if (unit === colon) {
      if (isBlankOrEnd(text.charCodeAt(i + 1))) return i;
    } else if (isLineEnd(unit)) return -1;
    else if (unit === hash && isBlank(text.charCodeAt(i - 1))) return -1;
  }
}

/** Whether a key stands twice or is a merge key. */
function needsCare(entries: readonly Entry[]): boolean {
  if (entries.length > 16) {
    const keys = new Set(entries.map((entry) => entry.key.text));
    return keys.size < entries.length || keys.has("<<");
  }
  for (let i = 0; i < entries.length; i++) {
    const text = entries[i]?.key.text;
    if (text === "<<") return true;
    for (let j = 0; j < i; j++) if (entries[j]?.key.text === text) return true;
  }
  return false;
}
