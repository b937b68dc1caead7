import { OutlineNode, type Spot, scanFlow, type Word, type WriteSlot } from "./outline";
import type { SourceFile } from "./source";
import { lineEnd, lineStart } from "./textEdit";

/** What may be written at an offset, found by indentation alone, so that it works while a document is half-typed. */
export interface WritePosition extends Spot {
  /** The document as far as its lines say. */
  readonly root: OutlineNode;
  /** Column of the cursor's word. */
  readonly column: number;
  /** A space is needed before a value: the cursor touches the `:` or `-`. */
  readonly needsSpace: boolean;
}

/** Finds what may be written at `offset`; `undefined` inside comments and block scalars, and where nothing may stand. */
export function findWritePosition(file: SourceFile, offset: number): WritePosition | undefined {
  const scan = new LineScan(file.text, offset);
  scan.run();
  if (scan.spot === undefined || scan.spot.slots.length === 0) return undefined;
  const { start } = scan.spot.word;
  const needsSpace = /[:-]/.test(file.text[start - 1] ?? "") && !scan.spot.flow && scan.spot.slots[0]?.role === "value";
  return { ...scan.spot, root: scan.root, column: start - lineStart(file.text, start), needsSpace };
}

/** The other keys of the mapping in which a key may be written. */
export function otherKeys(slot: WriteSlot): ReadonlySet<string> {
  const keys = new Set(slot.container.entries.keys());
  if (slot.role === "key" && slot.current !== undefined) keys.delete(slot.current);
  return keys;
}

/** An open mapping or sequence while the lines go by. */
interface Frame {
  readonly kind: "mapping" | "sequence";
  readonly column: number;
  readonly node: OutlineNode;
  /** The value of the last key, or the last item. */
  last: OutlineNode;
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)/;

class LineScan {
  readonly root = new OutlineNode([]);
  spot: Spot | undefined;
  private frames: Frame[] = [];
  /** Lines that are indented deeper than this belong to a block scalar. */
  private scalarIndent: number | undefined;
  private position: number;
  private readonly end: number;

  constructor(
    private readonly text: string,
    private readonly cursor: number,
  ) {
    const before = [...text.slice(0, lineStart(text, cursor)).matchAll(/^---.*(?:\r?\n|$)/gm)].at(-1);
    this.position = before === undefined ? 0 : before.index + before[0].length;
    const after = /^(?:---|\.\.\.)/m.exec(text.slice(lineEnd(text, cursor)));
    this.end = after === null ? text.length : lineEnd(text, cursor) + after.index;
  }

  run(): void {
    while (this.position <= this.end) {
      const start = this.position;
      const stop = Math.min(lineEnd(this.text, start), this.end);
      this.position = stop + (this.text.startsWith("\r\n", stop) ? 2 : 1);
      const onLine = this.cursor >= start && this.cursor <= stop;
      this.line(start, stop, onLine);
      if (onLine && this.spot === undefined) this.spot = nowhere;
    }
  }

  private line(start: number, stop: number, onLine: boolean): void {
    const content = this.text.slice(start, stop);
    const indent = content.length - content.trimStart().length;
    const blank = indent === content.length;
    const column = blank && onLine ? this.cursor - start : indent;
    if (this.scalarIndent !== undefined) {
      if (column > this.scalarIndent || (blank && !onLine)) return;
      if (!blank) this.scalarIndent = undefined;
    }
    if (blank || content[indent] === "#") {
      if (blank && onLine)
        this.spot = this.spotBefore(this.spotAt(column, { start: this.cursor, end: this.cursor }), column);
      return;
    }
    if (onLine && this.cursor < start + indent) return;
    if (content.startsWith("%") || content.startsWith("---")) return;
    this.structure(start, stop, indent, onLine);
  }

  /** Takes dashes and a key off the front of a line, then looks at the value. */
  private structure(start: number, stop: number, indent: number, onLine: boolean): void {
    let column = indent;
    let slot: OutlineNode | undefined;
    for (;;) {
      const rest = this.text.slice(start + column, stop);
      const dash = /^-(?:\s+|$)/.exec(rest);
      if (dash === null) break;
      slot = this.openItem(column);
      column += dash[0].length;
    }
    const from = start + column;
    const rest = this.text.slice(from, stop);
    const match = keyPattern.exec(rest);
    if (match === null) {
      this.loose({ from, stop, column, slot, onLine });
      return;
    }
    const name = unquote(match[1] ?? "");
    const frame = this.mappingAt(column, slot);
    const keyEnd = from + (match[1]?.length ?? 0);
    if (onLine && this.cursor >= from && this.cursor <= keyEnd) {
      this.spot = {
        slots: [{ role: "key", container: frame.node, colon: true, current: name }],
        word: { start: from, end: keyEnd },
        flow: false,
      };
    }
    frame.last = frame.node.entry(name);
    this.value(frame.last, { from: from + match[0].length, stop, indent: column, onLine });
  }

  /** A line without a key: the scalar of an item, a key that is being typed, or the rest of a scalar in several lines. */
  private loose(at: {
    readonly from: number;
    readonly stop: number;
    readonly column: number;
    readonly slot: OutlineNode | undefined;
    readonly onLine: boolean;
  }): void {
    const word = { start: at.from, end: wordEnd(this.text, at.from, at.stop) };
    const inWord = at.onLine && this.cursor >= word.start && this.cursor <= Math.max(word.end, at.stop);
    if (at.slot !== undefined) {
      if (inWord && /^[^[{"'|>]/.test(`${this.text.slice(at.from, at.stop)} `)) {
        const slots: WriteSlot[] = [
          { role: "value", container: at.slot },
          { role: "key", container: at.slot, colon: false },
        ];
        if (this.cursor <= word.end) this.spot = { slots, word, flow: false };
      }
      this.value(at.slot, { from: at.from, stop: at.stop, indent: this.frames.at(-1)?.column ?? 0, onLine: at.onLine });
      return;
    }
    if (inWord && this.cursor <= word.end) this.spot = this.spotAt(at.column, word);
    const top = this.frames.findLast((frame) => frame.column < at.column);
    if (!at.onLine && top?.last.open) this.value(top.last, { ...at, indent: top.column });
  }

  /** Reads what stands behind a key or dash. */
  private value(
    node: OutlineNode,
    at: { readonly from: number; readonly stop: number; readonly indent: number; readonly onLine: boolean },
  ): void {
    let from = at.from;
    const props = /^\s*(?:[&!]\S*\s*)*/.exec(this.text.slice(from, at.stop));
    from += props?.[0].length ?? 0;
    const first = this.text[from] ?? "";
    if (from >= at.stop || first === "#") {
      const behind = at.onLine && this.cursor >= at.from && (from >= at.stop || this.cursor <= from);
      if (behind) this.noteValue(node, { start: this.cursor, end: this.cursor });
      return;
    }
    if (first === "|" || first === ">") {
      node.opaque = true;
      this.scalarIndent = at.indent;
      return;
    }
    if (first === "{" || first === "[") {
      const flow = scanFlow(this.text, from, node, { end: this.flowLimit(at.stop, at.indent), cursor: this.cursor });
      node.opaque ||= node.open;
      this.spot ??= flow.spot;
      const stop = lineEnd(this.text, flow.end);
      if (stop > at.stop) this.position = stop + (this.text.startsWith("\r\n", stop) ? 2 : 1);
      if (this.spot === undefined && this.cursor > at.stop && this.cursor < this.position) this.spot = nowhere;
      return;
    }
    const quoted = first === '"' || first === "'";
    const end = wordEnd(this.text, from, at.stop);
    const closed = quoted && end > from + 1 && this.text[end - 1] === first;
    const word = quoted ? { start: from + 1, end: closed ? end - 1 : end } : { start: from, end };
    node.text = this.text.slice(word.start, word.end);
    if (first === "*") node.opaque = true;
    if (at.onLine && this.cursor >= word.start && this.cursor <= word.end) this.noteValue(node, word);
  }

  private noteValue(node: OutlineNode, word: Word): void {
    this.spot ??= { slots: [{ role: "value", container: node }], word, flow: false };
  }

  /** Where brackets that nobody closed surely end: before a line that is not indented deeper, unless it closes them. */
  private flowLimit(from: number, indent: number): number {
    const pattern = /\n([ \t]*)[^\s\]},#]/g;
    pattern.lastIndex = Math.max(0, from - 1);
    for (let match = pattern.exec(this.text); match !== null; match = pattern.exec(this.text)) {
      if (match.index >= this.end) break;
      if ((match[1]?.length ?? 0) <= indent) return match.index;
    }
    return this.end;
  }

  private openItem(column: number): OutlineNode {
    while ((this.frames.at(-1)?.column ?? -1) > column) this.frames.pop();
    let top = this.frames.at(-1);
    if (top?.kind !== "sequence" || top.column !== column) {
      const node = top?.last ?? this.root;
      top = { kind: "sequence", column, node, last: node };
      this.frames.push(top);
    }
    top.last = top.node.addItem();
    return top.last;
  }

  private mappingAt(column: number, slot: OutlineNode | undefined): Frame {
    if (slot === undefined) {
      while (this.frames.length > 0) {
        const top = this.frames.at(-1);
        if (top === undefined || top.column < column || (top.column === column && top.kind === "mapping")) break;
        this.frames.pop();
      }
      const top = this.frames.at(-1);
      if (top !== undefined && top.kind === "mapping" && top.column === column) return top;
    }
    const node = slot ?? this.frames.at(-1)?.last ?? this.root;
    const frame: Frame = { kind: "mapping", column, node, last: node };
    this.frames.push(frame);
    return frame;
  }

  /** Of what may be written on a blank line, what does not cut the value that goes on below from its beginning. */
  private spotBefore(spot: Spot, column: number): Spot {
    const below = /^(?:[ \t]*(?:#.*)?\r?\n)*([ \t]*)(- |-\r?\n)?\S/.exec(this.text.slice(this.position, this.end));
    if (below === null) return spot;
    const next = below[1]?.length ?? 0;
    if (next > column || (next < column && this.frames.length === 0)) return { ...spot, slots: [] };
    const dash = below[2] !== undefined;
    const top = this.frames.findLast((frame) => frame.column < column);
    // The value that would begin here has begun below, less deep.
    const goesOn =
      top !== undefined && next < column && (dash && top.kind === "mapping" ? next >= top.column : next > top.column);
    if (goesOn && top.last.open) return { ...spot, slots: [] };
    const isItem = next === column && dash;
    return isItem ? { ...spot, slots: spot.slots.filter(({ role }) => role === "item") } : spot;
  }

  /** What may be written on blank ground at a column. */
  private spotAt(column: number, word: Word): Spot {
    const frames = this.frames.filter((frame) => frame.column <= column);
    const top = frames.at(-1);
    const slots: WriteSlot[] = [];
    const addKey = (container: OutlineNode) => slots.push({ role: "key", container, colon: false });
    const addItem = (container: OutlineNode) => slots.push({ role: "item", container });
    if (top === undefined) {
      if (this.root.entries.size === 0 && this.root.items.length === 0) addKey(this.root);
    } else if (top.column < column) {
      if (top.last.open) {
        if (top.kind === "mapping") addItem(top.last);
        addKey(top.last);
      }
    } else if (top.kind === "mapping") {
      if (top.last.open) addItem(top.last);
      addKey(top.node);
    } else {
      addItem(top.node);
      const around = frames.at(-2);
      if (around?.kind === "mapping" && around.column === column) addKey(around.node);
    }
    return { slots, word, flow: false };
  }
}

const nowhere: Spot = { slots: [], word: { start: 0, end: 0 }, flow: false };

/** The end of a word on a line: before trailing spaces and a comment. */
function wordEnd(text: string, from: number, stop: number): number {
  const rest = text.slice(from, stop);
  const quote = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(rest);
  if (quote !== null) return from + quote[0].length;
  return from + rest.replace(/(?:^|\s)#.*$/, "").trimEnd().length;
}

function unquote(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}
