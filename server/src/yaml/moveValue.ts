import type { SourceDocument } from "./document";
import { type Edits, removeAt, renameKey, setValue } from "./edit";
import { insertFlow, insertLines, ownComments } from "./editLines";
import { locate } from "./editLocate";
import { startOf, type YamlPath } from "./editTree";
import { getIn, getValue, type Node } from "./node";
import type { RewriteStep } from "./rewrite";
import { breakAfter, isLineStart, lineEnd, withoutBreak } from "./textEdit";
import { type EditValue, type Fragment, writeFlow, writeItem } from "./writeValue";

/**
 * Moves the items of a sequence in the root mapping behind those of another, with their comments; where the other is not
 * there, the key is renamed in place. Gives up when one of the two is no sequence.
 */
export function moveItems(from: string, to: string): readonly RewriteStep[] {
  return [
    (document) => {
      const source = getValue(document.root, from);
      if (source === undefined || isEmpty(source) || getValue(document.root, to) === undefined) return [];
      return source.kind === "sequence" ? appendItems(document, [to], source, fragmentOf(document, [from])) : undefined;
    },
    (document) => {
      const source = getValue(document.root, from);
      if (source === undefined) return [];
      const rename = getValue(document.root, to) === undefined && !isEmpty(source);
      return rename ? renameKey(document, [from], to) : removeAt(document, [from]);
    },
  ];
}

/**
 * Adds items to the sequence at `path`, which is there and may be empty: as `block`, the lines they were written in, where
 * both sides are written in lines, else one by one.
 */
function appendItems(
  document: SourceDocument,
  path: YamlPath,
  items: Node & { kind: "sequence" },
  block: Fragment | undefined,
): Edits {
  const found = locate(document, path);
  const target = getIn(document.root, path);
  if (found === undefined || target === undefined || block === undefined) return undefined;
  const inLines = block.layout === "sequence" ? block : undefined;
  if (isEmpty(target)) return setValue(document, path, inLines ?? items.items.map(toEditValue));
  if (found.target?.kind !== "sequence") return undefined;
  const values = items.items.map(toEditValue);
  if (!found.target.flow) {
    const lines = inLines?.lines ?? values.flatMap((value) => writeItem(value, found.style));
    return [insertLines(found, found.target, lines)];
  }
  const texts = values.map(writeFlow);
  return texts.includes(undefined) ? undefined : [insertFlow(found.text, found.target, texts.join(", "))];
}

/**
 * The value at a path as text that can stand elsewhere: of a block value all lines with their comments, of any other value
 * what is written. `all` adds the comments above and behind its key. `undefined` when nothing stands there.
 */
export function fragmentOf(
  document: SourceDocument,
  path: YamlPath,
  comments: "inside" | "all" = "all",
): Fragment | undefined {
  const found = locate(document, path);
  const slot = found?.slot;
  if (found === undefined || slot?.value === undefined) return undefined;
  const { text, target, container } = found;
  const start = startOf(slot.value);
  if (target === undefined || target.flow) {
    return { layout: "inline", lines: dedent(text.slice(start, withoutBreak(text, slot.end)), container.indent) };
  }
  const end = isLineStart(text, slot.end) ? slot.end : lineEnd(text, slot.end);
  const keyLineEnd = lineEnd(text, slot.valueGap);
  if (keyLineEnd >= start) return { layout: target.kind, lines: dedent(text.slice(start, end), target.indent) };
  const body = dedent(text.slice(breakAfter(text, keyLineEnd), end).replace(/\r?\n$/, ""), target.indent);
  if (comments === "inside") return { layout: target.kind, lines: body };
  const above = text.slice(ownComments(text, container, container.slots.indexOf(slot)), slot.start);
  const behind = /#.*/.exec(text.slice(slot.valueGap, keyLineEnd))?.[0];
  const outside = [...above.split(/\r?\n/).map((line) => line.trim()), behind ?? ""].filter((line) => line !== "");
  return { layout: target.kind, lines: [...outside, ...body] };
}

/** A value of a document as a value to write; scalars keep their quoting, comments inside are lost. */
export function toEditValue(node: Node): EditValue {
  if (node.kind === "mapping") return new Map(node.entries.map(({ key, value }) => [key.text, toEditValue(value)]));
  if (node.kind === "sequence") return node.items.map(toEditValue);
  const { file, start, end } = node.origin.place;
  const written = file.text.slice(start, end);
  if (node.tag === "null") return null;
  if (written === "" || written.includes("\n") || /^[*&!]/.test(written)) return node.text;
  return { layout: "inline", lines: [written] };
}

function isEmpty(node: Node): boolean {
  if (node.kind === "scalar") return node.tag === "null";
  return node.kind === "sequence" ? node.items.length === 0 : node.entries.length === 0;
}

function dedent(text: string, columns: number): string[] {
  const margin = " ".repeat(columns);
  return text.split(/\r?\n/).map((line) => (line.startsWith(margin) ? line.slice(columns) : line.trimStart()));
}
