import type { CompletionEntry, CursorContext } from "../../analysis/domain";
import { describeField, describeType } from "../../schema/describe";
import { kustomizationSchema } from "../../schema/kustomizationSchema";
import { openFields, schemaAt } from "../../schema/lookUp";
import type { Schema } from "../../schema/schema";
import { findWritePosition, otherKeys, type WritePosition } from "../../yaml/cursor";
import type { WriteSlot } from "../../yaml/outline";
import { quoteIfNeeded } from "../../yaml/writeValue";
import { findNames } from "./completeNames";
import { completePaths } from "./completePaths";
import { pathFieldAt } from "./pathFields";

/** Fields in canonical order, values, and paths of files. Works on indentation alone, so the document may be half-typed. */
export function completeKustomization({ snapshot, file, cursor }: CursorContext): readonly CompletionEntry[] {
  const position = findWritePosition(file, cursor.offset);
  if (position === undefined) return [];
  const root = kustomizationSchema(position.root.at(["kind"])?.text === "Component" ? "Component" : "Kustomization");
  const insert = { file, position, indented: indentsSequences(file.text), offset: cursor.offset };
  return position.slots.flatMap((slot) => {
    const schema = schemaAt(root, slot.container.path);
    if (schema === undefined) return [];
    if (slot.role === "key") return fields(slot, schema, "", insert);
    const path = slot.role === "item" ? [...slot.container.path, slot.container.items.length] : slot.container.path;
    const dash = slot.role === "item" ? "- " : "";
    const value = slot.role === "item" ? schema.items : schema;
    if (value === undefined) return [];
    if (value.type === "object" && slot.role === "item") return fields(slot, value, dash, insert);
    const field = pathFieldAt(path);
    if (field !== undefined) return completePaths({ snapshot, file, field, path, dash, position });
    const names = findNames(snapshot, file.path, position.root, path);
    return names === undefined ? values(value, dash, insert) : references(names, insert);
  });
}

interface Insertion {
  readonly file: CursorContext["file"];
  readonly position: WritePosition;
  /** The document's dashes stand deeper than their keys. */
  readonly indented: boolean;
  readonly offset: number;
}

function fields(slot: WriteSlot, schema: Schema, dash: string, insertion: Insertion): CompletionEntry[] {
  const { file, position } = insertion;
  const present = slot.role === "item" ? new Set<string>() : otherKeys(slot);
  const typed = file.text.slice(position.word.start, insertion.offset);
  const column = position.column + dash.length;
  return openFields(schema, present)
    .filter(({ name, schema: field }) => field.deprecated === undefined || (typed !== "" && name.startsWith(typed)))
    .map(({ name, schema: field, required }, i): CompletionEntry => {
      const tail =
        slot.role === "key" && slot.colon ? { text: "", snippet: false } : behindKey(field, column, insertion);
      return {
        label: name,
        kind: "field",
        insert: { place: { file, ...position.word }, text: `${dash}${name}${tail.text}`, snippet: tail.snippet },
        detail: required ? `${describeType(field)} (required)` : describeType(field),
        documentation: describeField(name, field, required),
        sortText: `1${String(i).padStart(3, "0")}`,
        deprecated: field.deprecated !== undefined,
      };
    });
}

/** What stands behind a new key: the colon, and the beginning of its value. */
function behindKey(
  schema: Schema,
  column: number,
  { position, indented }: Insertion,
): { text: string; snippet: boolean } {
  if (schema.type === "boolean")
    return { text: `: \${1|${schema.default === false ? "true,false" : "false,true"}|}`, snippet: true };
  if (schema.values !== undefined && schema.values.length > 1) {
    return { text: `: \${1|${schema.values.map(({ value }) => value).join(",")}|}`, snippet: true };
  }
  const only = schema.values?.[0]?.value;
  if (only !== undefined) return { text: `: ${only}`, snippet: false };
  if (position.flow) {
    const brackets = schema.type === "array" ? ": [$0]" : schema.type === "object" ? ": {$0}" : ": ";
    return { text: brackets, snippet: brackets.includes("$") };
  }
  if (schema.type === "array") {
    const first = schema.items?.required?.[0];
    const start = first === undefined ? "" : `${first}: `;
    return { text: `:\n${" ".repeat(column + (indented ? 2 : 0))}- ${start}$0`, snippet: true };
  }
  if (schema.type === "object") return { text: `:\n${" ".repeat(column + 2)}$0`, snippet: true };
  return { text: ": ", snippet: false };
}

function values(schema: Schema, dash: string, { file, position }: Insertion): CompletionEntry[] {
  const place = { file, ...position.word };
  const lead = `${position.needsSpace ? " " : ""}${dash}`;
  const quoted = /["']/.test(file.text[position.word.start - 1] ?? "");
  const entry = (value: string, i: number, documentation?: string): CompletionEntry => ({
    label: value,
    kind: "value",
    insert: { place, text: lead + (quoted || schema.type === "boolean" ? value : quoteIfNeeded(value, position.flow)) },
    documentation,
    sortText: `0${String(i).padStart(3, "0")}`,
    ...(schema.default === value && { detail: "default" }),
  });
  if (schema.type === "boolean") return ["true", "false"].map((value, i) => entry(value, i));
  if (schema.values !== undefined)
    return schema.values.map(({ value, description }, i) => entry(value, i, description));
  return (schema.examples ?? []).map((value, i) => entry(value, i));
}

function references(names: readonly string[], { file, position }: Insertion): CompletionEntry[] {
  const quoted = /["']/.test(file.text[position.word.start - 1] ?? "");
  return names.map((name): CompletionEntry => {
    const text = `${position.needsSpace ? " " : ""}${quoted ? name : quoteIfNeeded(name, position.flow)}`;
    return { label: name, kind: "reference", insert: { place: { file, ...position.word }, text } };
  });
}

/** Whether the first list of a text stands deeper than its key. */
function indentsSequences(text: string): boolean {
  const match = /^( *)(?:- )*[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n( *)- /m.exec(text);
  return match !== null && (match[2]?.length ?? 0) > (match[1]?.length ?? 0);
}
