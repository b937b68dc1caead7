import type { CST } from "yaml";
import type { SourceDocument } from "./document";
import { asContainer, type Container, findSlot, type Slot, syntaxOf, visitAnchors, type YamlPath } from "./editTree";
import type { WriteStyle } from "./writeValue";

/** What stands at a path. `slot` and `container` are absent for the root; `target` is the value when it is a collection. */
export interface Located {
  readonly text: string;
  readonly eol: string;
  readonly style: WriteStyle;
  readonly container: Container;
  readonly slot: Slot | undefined;
  readonly target: Container | undefined;
}

/** Finds what stands at a path; `undefined` when nothing does, or when an alias elsewhere shares it. */
export function locate(document: SourceDocument, path: YamlPath): Located | undefined {
  // Whoever walks such a text overflows the stack.
  if (document.problems.some(({ code }) => code === "yaml/too-deep")) return undefined;
  const syntax = syntaxAt(document);
  const text = document.file.text;
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  if (syntax === undefined) {
    return path.length > 0
      ? undefined
      : { text, eol, style: defaultStyle, container: noContainer, slot: undefined, target: undefined };
  }
  let token = syntax.value;
  let slot: Slot | undefined;
  let container: Container = noContainer;
  const anchors: string[] = syntax.start.filter((part) => part.type === "anchor").map((part) => part.source.slice(1));
  for (const step of path) {
    const next = asContainer(token);
    slot = next === undefined ? undefined : findSlot(next, step);
    if (next === undefined || slot === undefined) return undefined;
    container = next;
    anchors.push(...slot.anchors);
    token = slot.value;
  }
  if (isShared(syntax, anchors, slot)) return undefined;
  return { text, eol, style: styleOf(syntax), container, slot, target: asContainer(token) };
}

const defaultStyle: WriteStyle = { step: 2, indentSequences: false };

const noContainer: Container = { kind: "mapping", flow: false, indent: 0, start: 0, end: 0, slots: [] };

function syntaxAt(document: SourceDocument): CST.Document | undefined {
  const offset = document.root?.origin.place.start ?? document.start;
  return syntaxOf(document.file).findLast((syntax) => syntax.offset <= offset) ?? syntaxOf(document.file)[0];
}

/** Whether an alias outside of `slot` repeats a value on the way to it or inside it. */
function isShared(syntax: CST.Document, onTheWay: readonly string[], slot: Slot | undefined): boolean {
  const names = new Set(onTheWay);
  if (slot !== undefined) visitAnchors(slot.value, (mark) => mark.kind === "anchor" && names.add(mark.name));
  if (names.size === 0) return false;
  let shared = false;
  visitAnchors(syntax, ({ kind, name, offset }) => {
    const inside = slot !== undefined && offset >= slot.start && offset < slot.end;
    if (kind === "alias" && names.has(name) && (!inside || onTheWay.includes(name))) shared = true;
  });
  return shared;
}

/** How the document indents: as its first nested mapping and its first sequence under a key do. */
function styleOf(syntax: CST.Document): WriteStyle {
  let step: number | undefined;
  let indentSequences: boolean | undefined;
  const pending: (CST.Token | undefined)[] = [syntax.value];
  while (pending.length > 0 && (step === undefined || indentSequences === undefined)) {
    const token = pending.shift();
    if (token?.type !== "block-map" && token?.type !== "block-seq") continue;
    for (const { value } of token.items) {
      if (token.type === "block-map" && value?.type === "block-map") step ??= Math.max(1, value.indent - token.indent);
      if (token.type === "block-map" && value?.type === "block-seq") indentSequences ??= value.indent > token.indent;
      pending.push(value ?? undefined);
    }
  }
  return {
    step: step ?? defaultStyle.step,
    indentSequences: indentSequences ?? defaultStyle.indentSequences,
  };
}
