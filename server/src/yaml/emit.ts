import { commentFailure, duplicateKeys, type EmitFailure, nonStringKey, tooMuchText, unprintable } from "./emitFailure";
import { compareKeys } from "./keyOrder";
import type { Entry, Mapping, Node, Scalar, Sequence } from "./node";
import { toPointerStep } from "./pointerStep";
import { printedFloat, readsAsKey, throughJson } from "./printedJson";
import { canBeBlock, refold } from "./refold";
import { scalarValue } from "./scalar";
import { isHarmless, isSimpleKey, type ScalarPosition, type ScalarText, writeString } from "./scalarStyle";

export type { EmitFailure } from "./emitFailure";

/** The text of a build with what is needed to find the value behind each piece of it. */
export interface Emitted {
  /** What `kustomize build` prints. */
  readonly text: string;
  /** The documents of the text in their order. */
  readonly documents: readonly EmittedDocument[];
  /** Why some roots are not among them: the real build fails on each of these. */
  readonly failures: readonly EmitFailure[];
}

export interface EmittedDocument {
  readonly root: Node;
  /** Where its text begins in the whole text. */
  readonly offset: number;
  /** Its text, without separators. */
  readonly text: string;
}

/** A value in a rendered document. Offsets count from the start of the document. */
export interface Mark {
  /** Where its key or its `-` stands; the same as `start` at the root. */
  readonly from: number;
  /** The text of the value itself, with its quotes; of a map or list, all of its lines. */
  readonly start: number;
  readonly end: number;
  /** A JSON pointer, for example `/spec/ports/0`. */
  readonly pointer: string;
  readonly node: Node;
}

/**
 * Writes documents exactly as `kustomize build` prints them: Go's JSON turned into YAML by sigs.k8s.io/yaml, with keys in
 * natural order, lists not indented under their key and long lines folded. Never throws. The text of a root is kept as long as
 * the root itself, so writing the same nodes again costs nothing.
 */
export function emitDocuments(roots: readonly Node[]): Emitted {
  const documents: EmittedDocument[] = [];
  const failures: EmitFailure[] = [];
  const pieces: string[] = [];
  let offset = 0;
  for (const [root, written] of writeDocuments(roots)) {
    failures.push(...written.failures);
    if (written.failures.length > 0) continue;
    if (documents.length > 0) {
      pieces.push(separator);
      offset += separator.length;
    }
    documents.push({ root, offset, text: written.text });
    pieces.push(written.text);
    offset += written.text.length;
  }
  return { text: pieces.join(""), documents, failures };
}

/** Why some of `roots` cannot be written; the others are kept for {@link emitDocuments}. */
export function emitFailures(roots: readonly Node[]): readonly EmitFailure[] {
  return [...writeDocuments(roots)].flatMap(([, { failures }]) => failures);
}

/** Every value of a document in the order of its text; computed when asked for. */
export function marksOf(document: EmittedDocument): readonly Mark[] {
  let marks = marksOfRoot.get(document.root);
  if (marks === undefined) {
    const writer = new Writer(document.root, []);
    writer.writeRoot();
    marks = writer.marks ?? [];
    marksOfRoot.set(document.root, marks);
  }
  return marks;
}

/** The innermost value whose key or text is at `offset` of the whole text. */
export function findMark(emitted: Emitted, offset: number): { document: EmittedDocument; mark: Mark } | undefined {
  const document = emitted.documents.findLast((candidate) => candidate.offset <= offset);
  if (document === undefined || offset - document.offset > document.text.length) return undefined;
  const mark = marksOf(document).findLast((candidate) => candidate.from <= offset - document.offset);
  return mark && { document, mark };
}

const separator = "---\n";

interface Written {
  readonly text: string;
  readonly failures: readonly EmitFailure[];
}

/** One document after the other, as long as all fit into one string: none of JavaScript has twice as many characters. */
function* writeDocuments(roots: readonly Node[]): Iterable<readonly [Node, Written]> {
  let room = 250_000_000;
  for (const root of roots) {
    const written = writeDocument(root);
    room -= written.text.length;
    yield [root, room < 0 ? { text: "", failures: [tooMuchText(root)] } : written];
    if (room < 0) return;
  }
}

const writtenRoots = new WeakMap<Node, Written>();
const marksOfRoot = new WeakMap<Node, readonly Mark[]>();

function writeDocument(root: Node): Written {
  let written = writtenRoots.get(root);
  if (written === undefined) {
    const writer = new Writer(root);
    writer.writeRoot();
    // Reading a character lets the engine put the pieces of the text together, once for all uses of it.
    writer.text.charCodeAt(0);
    written = { text: writer.text, failures: writer.failures };
    writtenRoots.set(root, written);
  }
  return written;
}

/** Where a node stands. */
interface Context {
  readonly indent: number;
  /** The value of a key: a list there is not indented. */
  readonly underKey: boolean;
  readonly pointer: string;
  readonly from: number;
}

/** The place of one child of `around`; pointers cost memory and are wanted only with marks. */
function childOf(around: Context, inner: Context, step: string, from: number): Context {
  return { ...inner, pointer: `${around.pointer}/${toPointerStep(step)}`, from };
}

/** Writes one document. The state is that of go-yaml's emitter: column, and what the last thing written was. */
class Writer {
  text = "";
  readonly failures: EmitFailure[] = [];
  /** Where the current line begins. */
  private lineStart = 0;
  /** The last thing written was white space, so nothing needs a space before it. */
  private afterSpace = true;
  /** Only indentation and `-`, `?` or `:` of explicit keys stand on the line so far. */
  private onlyIndentation = true;
  /** How many of the collections around are written in brackets in their files. */
  private brackets = 0;

  constructor(
    private readonly root: Node,
    readonly marks?: Mark[],
  ) {}

  writeRoot(): void {
    this.writeNode(this.root, { indent: -2, underKey: false, pointer: "", from: 0 });
    if (this.column > 0) this.breakLine();
  }

  private get column(): number {
    return this.text.length - this.lineStart;
  }

  private writeNode(node: Node, context: Context): void {
    const index = this.marks?.length ?? 0;
    const start = this.text.length + (this.afterSpace ? 0 : 1);
    this.marks?.push({ from: context.from, start, end: start, pointer: context.pointer, node });
    if (node.kind === "scalar") this.writeScalar(node, context.indent + 2);
    else {
      if (node.flow) this.brackets++;
      if (node.kind === "mapping") this.writeMapping(node, context);
      else this.writeSequence(node, context);
      if (node.flow) this.brackets--;
    }
    if (this.marks !== undefined) this.closeMark(this.marks, index);
  }

  /** A map or list begins where its first child does. */
  private closeMark(marks: Mark[], index: number): void {
    const mark = marks[index];
    if (mark === undefined) return;
    const first = mark.node.kind === "scalar" ? undefined : marks[index + 1];
    marks[index] = { ...mark, start: first?.from ?? mark.start, end: this.text.length };
  }

  private writeMapping(node: Mapping, context: Context): void {
    if (node.entries.length === 0) {
      this.writeEmpty("{}");
      return;
    }
    const indent = context.indent + 2;
    const inner: Context = { indent, underKey: true, pointer: "", from: 0 };
    for (const entry of this.sortedEntries(node)) {
      this.indentTo(indent);
      const from = this.text.length;
      this.writeKey(entry.key, indent);
      const lost = commentFailure(this.root, entry, this.brackets > 0);
      if (lost !== undefined) this.failures.push(lost);
      this.writeNode(entry.value, this.marks === undefined ? inner : childOf(context, inner, entry.key.text, from));
    }
  }

  private writeSequence(node: Sequence, context: Context): void {
    if (node.items.length === 0) {
      this.writeEmpty("[]");
      return;
    }
    const indent = context.underKey && !this.onlyIndentation ? context.indent : context.indent + 2;
    const inner: Context = { indent, underKey: false, pointer: "", from: 0 };
    for (const [i, item] of node.items.entries()) {
      this.indentTo(indent);
      const from = this.text.length;
      this.writeIndicator("-");
      this.writeNode(item, this.marks === undefined ? inner : childOf(context, inner, String(i), from));
    }
  }

  /** The entries in their printed order; what keeps the real build from printing them becomes a failure. */
  private sortedEntries(node: Mapping): readonly Entry[] {
    if (isInOrder(node.entries)) return node.entries;
    // The decoder takes any key at the top, where it wants strings, and drops a null one; deeper it insists on strings.
    const top = node === this.root;
    for (const { key } of node.entries) {
      if (key.tag !== "str" && !top) this.failures.push(nonStringKey(this.root, key));
    }
    const entries = top ? node.entries.filter((entry) => entry.key.tag !== "null") : [...node.entries];
    if (entries.length > 1) sortEntries(entries);
    const twins = entries.filter(({ key }, i) => entries[i - 1]?.key.text === key.text).map(({ key }) => key);
    if (twins.length > 0) this.failures.push(...duplicateKeys(this.root, twins));
    return entries;
  }

  /** Writes a key and its colon; one that is long or has line breaks behind a `?`. */
  private writeKey(key: Scalar, indent: number): void {
    if (key.text.length <= 128 && isHarmless(key.text)) {
      this.text += `${key.text}:`;
      this.afterSpace = false;
      this.onlyIndentation = false;
      return;
    }
    if (!readsAsKey(key.text)) {
      this.failures.push(unprintable(this.root, key, "a key takes no control characters and at most 1,022 characters"));
    }
    const simpleKey = isSimpleKey(key.text);
    if (!simpleKey) this.writeIndicator("?");
    this.writeText(writeString(key.text, { column: this.nextColumn, indent: indent + 2, simpleKey }));
    if (simpleKey) this.text += ":";
    else {
      this.indentTo(indent);
      this.writeIndicator(":");
    }
  }

  private writeScalar(scalar: Scalar, indent: number): void {
    const { text, tag } = scalar;
    if ((tag === "str" && isHarmless(text)) || (tag === "int" && shortNumber.test(text))) {
      this.text += this.afterSpace ? text : ` ${text}`;
      this.afterSpace = false;
      this.onlyIndentation = false;
      return;
    }
    const position = { column: this.nextColumn, indent, simpleKey: false };
    this.writeText(tag === "str" ? this.stringText(scalar, text, position) : this.typedText(scalar, position));
  }

  private stringText(scalar: Scalar, text: string, position: ScalarPosition): ScalarText {
    const block = scalar.style === "folded" || scalar.style === "literal";
    if (block && text.startsWith("\t") && canBeBlock(text)) {
      this.failures.push(unprintable(this.root, scalar, "a block of lines cannot begin with a tab"));
      return nothing;
    }
    const value = throughJson(scalar.style === "folded" ? refold(text) : text);
    if (value !== undefined) return writeString(value, position);
    this.failures.push(unprintable(this.root, scalar, "control characters are not allowed"));
    return nothing;
  }

  private typedText(scalar: Scalar, position: ScalarPosition): ScalarText {
    const value = scalarValue(scalar);
    switch (value.kind) {
      case "string":
        return this.stringText(scalar, value.value, position);
      case "null":
        // A value that is missing between braces.
        return { text: scalar.style === "single" && scalar.tagged !== true ? '""' : "null", block: false };
      case "bool":
      case "int":
        return { text: String(value.value), block: false };
      case "float":
        if (Number.isFinite(value.value)) return { text: printedFloat(value.value), block: false };
        this.failures.push(unprintable(this.root, scalar, "JSON knows no infinity and no NaN"));
        return nothing;
      case "invalid":
        this.failures.push(unprintable(this.root, scalar, value.reason));
        return nothing;
    }
  }

  /** The column at which a scalar written now begins. */
  private get nextColumn(): number {
    return this.column + (this.afterSpace ? 0 : 1);
  }

  private writeText({ text, block }: ScalarText): void {
    if (!this.afterSpace) this.text += " ";
    const base = this.text.length;
    this.text += text;
    const lastBreak = findLastBreak(text);
    if (lastBreak >= 0) this.lineStart = base + lastBreak + 1;
    this.afterSpace = block;
    this.onlyIndentation = block && this.column === 0;
  }

  private writeEmpty(brackets: string): void {
    this.text += this.afterSpace ? brackets : ` ${brackets}`;
    this.afterSpace = false;
    this.onlyIndentation = false;
  }

  private writeIndicator(sign: "-" | "?" | ":"): void {
    this.text += this.afterSpace ? sign : ` ${sign}`;
    this.afterSpace = false;
  }

  /** Goes to `indent` on this line where only indentation stands on it, else on the next. */
  private indentTo(indent: number): void {
    const column = this.column;
    if (!this.onlyIndentation || column > indent || (column === indent && !this.afterSpace)) this.breakLine();
    const missing = indent - this.column;
    if (missing > 0) this.text += " ".repeat(missing);
    this.afterSpace = true;
    this.onlyIndentation = true;
  }

  private breakLine(): void {
    this.text += "\n";
    this.lineStart = this.text.length;
  }
}

/** A number that is printed as it is written. */
const shortNumber = /^(?:0|[1-9][0-9]{0,14})$/;

/** Whether entries are to be printed as they are: strings, each before the next. */
function isInOrder(entries: readonly Entry[]): boolean {
  let before: string | undefined;
  for (const { key } of entries) {
    if (key.tag !== "str" || (before !== undefined && compareKeys(before, key.text) >= 0)) return false;
    before = key.text;
  }
  return true;
}

/** Sorts in place. Maps are small and often in order, and then this is faster than `sort` with its calls. */
function sortEntries(entries: Entry[]): void {
  if (entries.length > 24) {
    entries.sort((a, b) => compareKeys(a.key.text, b.key.text));
    return;
  }
  for (let i = 1; i < entries.length; i++) {
    const entry = entries[i];
    let at = i;
    for (; at > 0 && entry !== undefined; at--) {
      const before = entries[at - 1];
      if (before === undefined || compareKeys(before.key.text, entry.key.text) <= 0) break;
      entries[at] = before;
    }
    if (entry !== undefined) entries[at] = entry;
  }
}

/** The emitter takes U+2028 and U+2029 for line breaks too. */
function findLastBreak(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || unit === 0x2028 || unit === 0x2029) return i;
  }
  return -1;
}

const nothing: ScalarText = { text: "", block: false };
