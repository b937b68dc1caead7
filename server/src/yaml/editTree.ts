import { CST, Parser } from "yaml";
import type { SourceFile } from "./source";

/** Keys (strings) and positions (numbers) from the root of a document down to a value. */
export type YamlPath = readonly (string | number)[];

/** One entry of a mapping or item of a sequence, as it is written. */
export interface Slot {
  /** Where the key, or the `-` of a block item, or the flow item begins. */
  readonly start: number;
  /** After the last character that is no space, comment or line break (a block scalar includes its last line break). */
  readonly end: number;
  readonly key?: CST.Token | undefined;
  readonly value?: CST.Token | undefined;
  /** After the `:` or `-`, an anchor or a tag included: where a value goes that is not there yet. */
  readonly valueGap: number;
  /** Anchors on the value, without `&`. */
  readonly anchors: readonly string[];
  /** A `:` stands after the key, or the item needs none. */
  readonly complete: boolean;
}

/** A mapping or sequence, as it is written. */
export interface Container {
  readonly kind: "mapping" | "sequence";
  readonly flow: boolean;
  /** Column of the keys or dashes of a block container. */
  readonly indent: number;
  readonly start: number;
  /** After the closing bracket, or after the last entry. */
  readonly end: number;
  readonly slots: readonly Slot[];
}

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

const documentsOf = new WeakMap<SourceFile, readonly CST.Document[]>();

/** The syntax trees of the documents of a file, parsed once for each file. */
export function syntaxOf(file: SourceFile): readonly CST.Document[] {
  let documents = documentsOf.get(file);
  if (documents === undefined) {
    documents = [...new Parser().parse(file.text)].filter((token): token is CST.Document => token.type === "document");
    documentsOf.set(file, documents);
  }
  return documents;
}

/** The token as a mapping or sequence; `undefined` when it is neither. */
export function asContainer(token: CST.Token | undefined): Container | undefined {
  if (!isCollection(token)) return undefined;
  const flow = token.type === "flow-collection";
  const mapping = token.type === "block-map" || (flow && token.start.source === "{");
  const slots: Slot[] = [];
  for (const item of token.items) {
    const slot = asSlot(item, token);
    if (slot !== undefined) slots.push(slot);
  }
  return {
    kind: mapping ? "mapping" : "sequence",
    flow,
    indent: token.indent,
    start: startOf(token),
    end: endOf(token),
    slots,
  };
}

/** Where a token's own text begins. */
export function startOf(token: CST.Token): number {
  return token.type === "flow-collection" ? token.start.offset : token.offset;
}

/** Where a token's own text ends, without the spaces and comments after it. */
export function endOf(token: CST.Token): number {
  switch (token.type) {
    case "block-scalar": {
      const header = token.props.at(-1);
      return (header === undefined ? token.offset : endOf(header)) + token.source.length;
    }
    case "flow-collection": {
      const close = token.end.find((part) => part.type === "flow-map-end" || part.type === "flow-seq-end");
      if (close !== undefined) return close.offset + close.source.length;
      return lastEnd(token) ?? token.start.offset + 1;
    }
    case "block-map":
    case "block-seq":
      return lastEnd(token) ?? token.offset;
    default:
      return token.offset + ("source" in token ? token.source.length : 0);
  }
}

/** The text of a key after unquoting; `undefined` for a key that is a collection. */
function keyText(token: CST.Token | undefined): string | undefined {
  if (token === undefined) return undefined;
  const scalar = CST.resolveAsScalar(token, true, () => undefined);
  return scalar?.value;
}

/** The slot of a key (the last one, where it stands twice) or of a position. */
export function findSlot(container: Container, step: string | number): Slot | undefined {
  if (container.kind === "sequence") return typeof step === "number" ? container.slots[step] : undefined;
  return container.slots.findLast((slot) => keyText(slot.key) === String(step));
}

/** Visits every anchor and alias below a token, in the order of the text. */
export function visitAnchors(
  token: CST.Token | undefined,
  visit: (mark: { readonly kind: "anchor" | "alias"; readonly name: string; readonly offset: number }) => void,
): void {
  const pending: (CST.Token | undefined)[] = [token];
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined) continue;
    if (next.type === "anchor") visit({ kind: "anchor", name: next.source.slice(1), offset: next.offset });
    if (next.type === "alias") visit({ kind: "alias", name: next.source.slice(1), offset: next.offset });
    if (next.type === "document") pending.push(next.value, ...[...next.start].reverse());
    if (!isCollection(next)) continue;
    for (const item of [...next.items].reverse()) {
      pending.push(item.value ?? undefined, ...[...(item.sep ?? [])].reverse(), item.key ?? undefined);
      pending.push(...[...item.start].reverse());
    }
  }
}

function isCollection(token: CST.Token | undefined): token is Collection {
  return token?.type === "block-map" || token?.type === "block-seq" || token?.type === "flow-collection";
}

type Item = Collection["items"][number];

function asSlot(item: Item, parent: Collection): Slot | undefined {
  const lead = item.start.filter(isSignificant);
  const sep = (item.sep ?? []).filter(isSignificant);
  const parts = [...lead, ...(item.key ? [item.key] : []), ...sep, ...(item.value ? [item.value] : [])];
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const beforeValue = (item.value ? parts.slice(0, -1) : parts).at(-1);
  const inSequence = parent.type === "block-seq" || (parent.type === "flow-collection" && parent.start.source === "[");
  const props = inSequence ? lead : sep;
  return {
    start: startOf(first),
    end: endOf(last),
    key: item.key ?? undefined,
    value: item.value ?? undefined,
    valueGap: beforeValue === undefined ? startOf(first) : endOf(beforeValue),
    anchors: props.filter((part) => part.type === "anchor").map((part) => part.source.slice(1)),
    complete: inSequence ? item.key === undefined : sep.some((part) => part.type === "map-value-ind"),
  };
}

function isSignificant(part: CST.SourceToken): boolean {
  return part.type !== "space" && part.type !== "comment" && part.type !== "newline" && part.type !== "comma";
}

function lastEnd(token: Collection): number | undefined {
  for (let i = token.items.length - 1; i >= 0; i--) {
    const item = token.items[i];
    const slot = item === undefined ? undefined : asSlot(item, token);
    if (slot !== undefined) return slot.end;
  }
  return undefined;
}
