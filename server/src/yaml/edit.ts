import type { SourceDocument } from "./document";
import {
  fillGap,
  insertFirst,
  insertFlow,
  insertLines,
  removeFlow,
  removeLines,
  replaceBlock,
  replaceOrFill,
} from "./editLines";
import { locate } from "./editLocate";
import { asContainer, endOf, findSlot, startOf, type YamlPath } from "./editTree";
import type { TextEdit } from "./textEdit";
import { rewriteScalar } from "./writeScalar";
import {
  type EditValue,
  indentLines,
  quoteIfNeeded,
  writeBehindDash,
  writeBehindKey,
  writeEntry,
  writeFlow,
  writeItem,
} from "./writeValue";

/**
 * Edits that keep comments, order, quoting, line ends and indentation. Each gives `undefined` when the path is not there, or
 * when the value is shared by an anchor and its alias, so that the edit would change another place as well.
 */
export type Edits = readonly TextEdit[] | undefined;

/** Gives an existing entry or item another value. Of a scalar exactly its own bytes change, and its quoting stays where it can. */
export function setValue(document: SourceDocument, path: YamlPath, value: EditValue): Edits {
  const found = locate(document, path);
  const slot = found?.slot;
  if (found === undefined || slot === undefined || !slot.complete) return undefined;
  const { text, container, style } = found;
  const old = slot.value;
  if (old !== undefined && asContainer(old) === undefined && isScalarValue(value)) {
    return [rewriteScalar(text, old, value, container)];
  }
  if (container.flow) {
    const written = writeFlow(value);
    return written === undefined ? undefined : [replaceOrFill(slot, written)];
  }
  const behindDash = container.kind === "sequence";
  const written = (behindDash ? writeBehindDash : writeBehindKey)(value, style);
  const lines = indentLines(written.lines, container.indent);
  return old === undefined
    ? fillGap(found, slot.valueGap, { head: written.head, lines })
    : replaceBlock(found, slot, { head: written.head, lines });
}

/** Puts a new entry into a mapping, at `at` (default: last). A missing (null) mapping is made. The key must not be there yet. */
export function insertEntry(document: SourceDocument, path: YamlPath, entry: NewEntry): Edits {
  const found = locate(document, path);
  if (found === undefined) return undefined;
  const { target, style } = found;
  const { key, value } = entry;
  if (target === undefined || target.slots.length === 0) {
    if (path.length > 0) return setValue(document, path, new Map([[key, value]]));
    return insertFirst(document, found, writeEntry(key, value, style), writeFlow(new Map([[key, value]])));
  }
  if (target.kind !== "mapping" || findSlot(target, key) !== undefined) return undefined;
  if (!target.flow) return [insertLines(found, target, writeEntry(key, value, style), entry.at)];
  const flow = writeFlow(value);
  return flow === undefined
    ? undefined
    : [insertFlow(found.text, target, `${quoteIfNeeded(key, true)}: ${flow}`, entry.at)];
}

/** A key and its value, and where it goes among the entries that are there. */
export interface NewEntry {
  readonly key: string;
  readonly value: EditValue;
  readonly at?: number | undefined;
}

/** Puts a new item into a sequence, at `at` (default: last). A missing (null) sequence is made. */
export function insertItem(document: SourceDocument, path: YamlPath, value: EditValue, at?: number): Edits {
  const found = locate(document, path);
  if (found === undefined || path.length === 0) return undefined;
  const { target, style } = found;
  if (target === undefined || target.slots.length === 0) return setValue(document, path, [value]);
  if (target.kind !== "sequence") return undefined;
  if (!target.flow) return [insertLines(found, target, writeItem(value, style), at)];
  const flow = writeFlow(value);
  return flow === undefined ? undefined : [insertFlow(found.text, target, flow, at)];
}

/** Adds an item to the sequence that is the value of the last key of `path`; the entry is made when it is not there. */
export function appendItem(document: SourceDocument, path: YamlPath, value: EditValue): Edits {
  const key = path.at(-1);
  if (typeof key === "string" && locate(document, path) === undefined) {
    return insertEntry(document, path.slice(0, -1), { key, value: [value] });
  }
  return insertItem(document, path, value);
}

/** Removes an entry or item with its own comments: those behind it and, without a blank line between, directly above it. */
export function removeAt(document: SourceDocument, path: YamlPath): Edits {
  const found = locate(document, path);
  const slot = found?.slot;
  if (found === undefined || slot === undefined) return undefined;
  const { text, container } = found;
  const index = container.slots.indexOf(slot);
  if (container.flow) return [removeFlow(text, container, index)];
  if (container.slots.length === 1) {
    const empty = container.kind === "sequence" ? [] : new Map<string, EditValue>();
    if (path.length > 1) return setValue(document, path.slice(0, -1), empty);
    return [{ start: slot.start, end: slot.end, text: container.kind === "sequence" ? "[]" : "{}" }];
  }
  return [removeLines(text, container, index)];
}

/** Renames a key in place; its value, comments and position stay. */
export function renameKey(document: SourceDocument, path: YamlPath, name: string): Edits {
  const found = locate(document, path);
  const key = found?.slot?.key;
  if (found === undefined || key === undefined || found.container.kind !== "mapping") return undefined;
  if (findSlot(found.container, name) !== undefined) return undefined;
  return [{ start: startOf(key), end: endOf(key), text: quoteIfNeeded(name, true) }];
}

function isScalarValue(value: EditValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}
