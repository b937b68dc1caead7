/**
 * What a scan by lines knows of a value: enough for completion, and found in half-typed documents that no parser reads.
 */
export class OutlineNode {
  readonly entries = new Map<string, OutlineNode>();
  readonly items: OutlineNode[] = [];
  /** The text of a scalar on one line, unquoted roughly; absent for anything else. */
  text: string | undefined;
  /** Something stands there that is neither of the above, for example a block scalar or an alias. */
  opaque = false;

  constructor(readonly path: readonly (string | number)[]) {}

  /** Nothing is written there yet. */
  get open(): boolean {
    return !this.opaque && this.text === undefined && this.entries.size === 0 && this.items.length === 0;
  }

  /** The value of a key; a key that stands twice is the same node. */
  entry(key: string): OutlineNode {
    let node = this.entries.get(key);
    if (node === undefined) {
      node = new OutlineNode([...this.path, key]);
      this.entries.set(key, node);
    }
    return node;
  }

  /** A new last item. */
  addItem(): OutlineNode {
    const node = new OutlineNode([...this.path, this.items.length]);
    this.items.push(node);
    return node;
  }

  /** Follows keys and positions down. */
  at(path: readonly (string | number)[]): OutlineNode | undefined {
    let node: OutlineNode | undefined = this;
    for (const step of path) node = typeof step === "number" ? node?.items[step] : node?.entries.get(step);
    return node;
  }
}

/** Where something may be written. */
export type WriteSlot =
  /** A key of the mapping `container`; `colon` when the key that is there has its colon already. */
  | {
      readonly role: "key";
      readonly container: OutlineNode;
      readonly colon: boolean;
      readonly current?: string | undefined;
    }
  /** A new item of the sequence `container`, with its dash. */
  | { readonly role: "item"; readonly container: OutlineNode }
  /** A scalar as the value `container`. */
  | { readonly role: "value"; readonly container: OutlineNode };

/** A range of the text. */
export interface Word {
  readonly start: number;
  readonly end: number;
}

/** What is at the cursor: slots, the word that a choice replaces, and whether the place is inside brackets. */
export interface Spot {
  readonly slots: readonly WriteSlot[];
  readonly word: Word;
  readonly flow: boolean;
}

/** Reads what stands between brackets from `position` on, into `node`. Gives the offset behind it and the spot of the cursor. */
export function scanFlow(
  text: string,
  position: number,
  node: OutlineNode,
  limits: { readonly end: number; readonly cursor: number },
): { readonly end: number; readonly spot: Spot | undefined } {
  const scan = new FlowScan(text, position, limits.end, limits.cursor);
  scan.collection(node, 0);
  return { end: scan.position, spot: scan.spot };
}

const maximumDepth = 64;

class FlowScan {
  spot: Spot | undefined;

  constructor(
    private readonly text: string,
    public position: number,
    private readonly end: number,
    private readonly cursor: number,
  ) {}

  collection(node: OutlineNode, depth: number): void {
    const mapping = this.text[this.position] === "{";
    this.position++;
    for (;;) {
      const gap = this.position;
      this.skipSpace();
      const next = this.text[this.position];
      const closed = this.position >= this.end || next === "]" || next === "}" || next === ",";
      if (closed)
        this.note(
          gap,
          this.position,
          mapping ? key(node, false) : value(new OutlineNode([...node.path, node.items.length])),
        );
      if (this.position >= this.end) return;
      if (next === "]" || next === "}") {
        this.position++;
        return;
      }
      if (next === ",") this.position++;
      else if (mapping) this.entry(node, depth);
      else this.item(node, depth);
    }
  }

  private item(node: OutlineNode, depth: number): void {
    this.value(node.addItem(), depth);
  }

  private entry(node: OutlineNode, depth: number): void {
    const start = this.position;
    const name = this.token(true);
    const end = this.position;
    this.skipSpace();
    const colon = this.text[this.position] === ":";
    this.note(start, end, key(node, colon, name));
    if (!colon) {
      // A half-typed key counts for nothing; anything else that cannot be read here is stepped over.
      if (this.position === start) this.position++;
      return;
    }
    this.position++;
    const child = node.entry(name);
    const gap = this.position;
    this.skipSpace();
    const next = this.text[this.position];
    if (this.position >= this.end || next === "," || next === "}" || next === "]")
      this.note(gap, this.position, value(child));
    else this.value(child, depth);
  }

  private value(node: OutlineNode, depth: number): void {
    const next = this.text[this.position];
    if ((next === "{" || next === "[") && depth < maximumDepth) {
      this.collection(node, depth + 1);
      return;
    }
    const start = this.position;
    const quoted = next === '"' || next === "'" ? 1 : 0;
    node.text = this.token(false);
    this.note(start + quoted, this.position - (this.text[this.position - 1] === next ? quoted : 0), value(node));
    if (this.position === start) this.position++;
  }

  private token(asKey: boolean): string {
    const start = this.position;
    const quote = this.text[start];
    if (quote === '"' || quote === "'") {
      const close = this.text.indexOf(quote, start + 1);
      this.position = close < 0 || close >= this.end ? this.lineEnd(start) : close + 1;
      return this.text.slice(start + 1, this.position).replace(/["']$/, "");
    }
    while (this.position < this.end && !this.endsToken(asKey)) this.position++;
    while (this.position > start && /\s/.test(this.text[this.position - 1] ?? "")) this.position--;
    return this.text.slice(start, this.position);
  }

  private endsToken(asKey: boolean): boolean {
    const unit = this.text[this.position] ?? "";
    if (",[]{}\r\n".includes(unit)) return true;
    return asKey && unit === ":" && /[\s,[\]{}]|^$/.test(this.text[this.position + 1] ?? "");
  }

  private skipSpace(): void {
    for (;;) {
      while (this.position < this.end && /\s/.test(this.text[this.position] ?? "")) this.position++;
      if (this.text[this.position] !== "#" || this.position >= this.end) return;
      this.position = this.lineEnd(this.position);
    }
  }

  private lineEnd(from: number): number {
    let end = from;
    while (end < this.end && this.text[end] !== "\n") end++;
    return end;
  }

  private note(start: number, end: number, slot: WriteSlot): void {
    if (this.spot !== undefined || this.cursor < start || this.cursor > end) return;
    const blank = this.text.slice(start, end).trim() === "";
    const word = blank ? { start: this.cursor, end: this.cursor } : { start, end };
    this.spot = { slots: [slot], word, flow: true };
  }
}

function key(container: OutlineNode, colon: boolean, current?: string): WriteSlot {
  return { role: "key", container, colon, current };
}

function value(container: OutlineNode): WriteSlot {
  return { role: "value", container };
}
