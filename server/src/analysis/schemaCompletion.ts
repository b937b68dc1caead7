import { describeType } from "../schema/describe";
import { openFields } from "../schema/lookUp";
import type { Schema } from "../schema/schema";
import type { WriteSlot } from "../yaml/outline";
import type { SourceFile } from "../yaml/source";
import { otherKeys, type WritePosition } from "../yaml/writePosition";
import type { CompletionEntry } from "./domain";
import { escapeSnippet, SnippetWriter, scalarText } from "./snippet";

/** Where a schema is asked what may be written. */
export interface SchemaRequest {
  readonly file: SourceFile;
  readonly offset: number;
  readonly position: WritePosition;
  /** The document's dashes stand deeper than their keys. */
  readonly indented: boolean;
  /** What is written is a patch: nothing is required of it. */
  readonly patch?: boolean | undefined;
  /** What documents a field; without it nothing does. */
  readonly document?: ((name: string, field: Schema, required: boolean) => Documentation) | undefined;
}

type Documentation = Pick<CompletionEntry, "documentation" | "explain">;

/** Fields that the server of the API fills in: offered only when someone begins to type them. */
const filledIn: ReadonlySet<string> = new Set([
  "status",
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/** What may be written into a slot of which `schema` describes the container. */
export function completeSlot(slot: WriteSlot, schema: Schema, request: SchemaRequest): readonly CompletionEntry[] {
  if (slot.role === "key") return completeFields(slot, schema, request);
  if (slot.role === "value") return completeValues(schema, "", request);
  const { items } = schema;
  if (items === undefined) return [];
  const isObject = items.type === "object" || items.properties !== undefined;
  return isObject ? completeFields(slot, items, request) : completeValues(items, "- ", request);
}

/** The fields that an object, or the new item of a list, may have and does not have yet. */
export function completeFields(slot: WriteSlot, schema: Schema, request: SchemaRequest): readonly CompletionEntry[] {
  const { file, position, offset } = request;
  const isItem = slot.role === "item";
  const dash = isItem ? "- " : "";
  const lead = !isItem && position.needsSpace ? " " : "";
  const present = isItem ? new Set<string>() : otherKeys(slot);
  const typed = file.text.slice(position.word.start, offset);
  const column = position.column + dash.length + lead.length;
  const place = { file, ...position.word };
  const rank = rankOf(slot);
  const isWanted = (name: string, field: Schema): boolean =>
    (field.deprecated === undefined && !filledIn.has(name)) || (typed !== "" && name.startsWith(typed));
  const fields = openFields(schema, present)
    .filter(({ name, schema: field }) => isWanted(name, field))
    .map(({ name, schema: field, required: isRequired }, i): CompletionEntry => {
      const required = isRequired && request.patch !== true;
      const tail = slot.role === "key" && slot.colon ? plain("") : behindKey(field, column, request);
      const head = `${lead}${dash}${name}`;
      return {
        label: `${dash}${name}`,
        kind: "field",
        insert: {
          place,
          text: tail.snippet ? escapeSnippet(head) + tail.text : head + tail.text,
          snippet: tail.snippet,
        },
        detail: required ? `${describeType(field)} (required)` : describeType(field),
        ...request.document?.(name, field, required),
        ...(isItem && { filterText: name }),
        sortText: `${rank}${String(i).padStart(3, "0")}`,
        deprecated: field.deprecated !== undefined,
      };
    });
  return [...wholeItem(slot, schema, { lead, dash, column }, request), ...fields];
}

/** One entry that writes all that a new item must have, when that is more than one field. */
function wholeItem(
  slot: WriteSlot,
  schema: Schema,
  { lead, dash, column }: { readonly lead: string; readonly dash: string; readonly column: number },
  request: SchemaRequest,
): readonly CompletionEntry[] {
  const required = openFields(schema, new Set()).filter((field) => field.required);
  const isNew = slot.role === "item" || (slot.role === "key" && isNewItem(slot));
  if (!isNew || required.length < 2 || request.position.flow || request.patch === true) return [];
  const writer = new SnippetWriter({ indented: request.indented, patch: false });
  const names = required.map(({ name }) => name);
  return [
    {
      label: `${dash}${names.join(", ")}`,
      kind: "snippet",
      insert: {
        place: { file: request.file, ...request.position.word },
        text: `${lead}${dash}${writer.item(schema, column)}`,
        snippet: true,
      },
      detail: "all that is required",
      filterText: names[0],
      sortText: rankOf(slot),
    },
  ];
}

/** The first item of a list is what its key waits for; below other items the next key is as likely. */
function rankOf({ role, container }: WriteSlot): string {
  return role !== "item" ? "1" : container.items.length === 0 ? "0" : "2";
}

/** Whether a key would be the first one behind a dash. */
function isNewItem({ container }: WriteSlot): boolean {
  return typeof container.path.at(-1) === "number" && container.entries.size === 0;
}

/** What stands behind a new key: the colon, and the beginning of its value. */
function behindKey(schema: Schema, column: number, { position, indented, patch }: SchemaRequest): Tail {
  const writer = new SnippetWriter({ indented, patch: patch === true });
  const isSimple = schema.type !== "array" && schema.type !== "object" && schema.properties === undefined;
  if (isSimple && schema.type !== "boolean" && schema.values === undefined) return plain(": ");
  if (!position.flow || isSimple) {
    const text = withLastStop(writer.behindKey(schema, column));
    return { text, snippet: text.includes("$") };
  }
  return { text: schema.type === "array" ? ": [$0]" : ": {$0}", snippet: true };
}

interface Tail {
  readonly text: string;
  readonly snippet: boolean;
}

function plain(text: string): Tail {
  return { text, snippet: false };
}

/** A lone tab stop is where the cursor ends up. */
function withLastStop(text: string): string {
  return /\$2|\$\{2/.test(text) ? text : text.replace(/\$1(?!\d)/, "$0");
}

/** The values that a scalar may have. */
export function completeValues(schema: Schema, dash: string, request: SchemaRequest): readonly CompletionEntry[] {
  const { file, position } = request;
  const place = { file, ...position.word };
  const lead = `${position.needsSpace ? " " : ""}${dash}`;
  const isQuoted = /["']/.test(file.text[position.word.start - 1] ?? "");
  const usual = defaultText(schema);
  const entry = (value: string, i: number, documentation?: string): CompletionEntry => ({
    label: value === "" ? '""' : value,
    kind: "value",
    insert: { place, text: lead + (isQuoted ? value : scalarText(value, schema, position.flow)) },
    documentation,
    sortText: `0${String(i).padStart(3, "0")}`,
    ...(usual === value && { detail: "default" }),
  });
  if (schema.type === "boolean") return ["true", "false"].map((value, i) => entry(value, i));
  if (schema.values !== undefined) {
    return schema.values.map(({ value, description }, i) => entry(value, i, description));
  }
  const texts = new Set([...(usual === undefined || usual === "" ? [] : [usual]), ...(schema.examples ?? [])]);
  return [...texts].map((value, i) => entry(value, i));
}

function defaultText({ default: value }: Schema): string | undefined {
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
}

/** Whether the first list of a text stands deeper than its key. */
export function indentsSequences(text: string): boolean {
  const match = /^( *)(?:- )*[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n( *)- /m.exec(text);
  return match !== null && (match[2]?.length ?? 0) > (match[1]?.length ?? 0);
}
