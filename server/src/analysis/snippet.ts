import type { Schema } from "../schema/schema";
import { quoteIfNeeded } from "../yaml/writeValue";

/** How a snippet is laid out. */
export interface SnippetStyle {
  /** The dashes of a list stand deeper than its key. */
  readonly indented: boolean;
  /** A patch names what it changes only: required fields are not filled in, keys that tell list items apart are. */
  readonly patch: boolean;
}

/** Fields that schemas leave optional and without which an object is of no use, by other fields that it may have. */
const usualFields: readonly { readonly of: readonly string[]; readonly fill: readonly string[] }[] = [
  { of: ["generateName", "managedFields"], fill: ["name"] },
  { of: ["matchLabels", "matchExpressions"], fill: ["matchLabels"] },
  { of: ["name", "image", "imagePullPolicy"], fill: ["name", "image"] },
  { of: ["name", "key", "optional"], fill: ["name", "key"] },
  { of: ["project", "source", "destination"], fill: ["project", "source", "destination"] },
  { of: ["repoURL", "targetRevision", "kustomize"], fill: ["repoURL", "targetRevision", "path"] },
  { of: ["server", "namespace", "name"], fill: ["server", "namespace"] },
];

/** Objects that contain each other end somewhere. */
const deepest = 6;

/** Writes text with places to fill in, in the syntax of LSP's snippets. Lines are relative to the first one's column. */
export class SnippetWriter {
  private stops = 0;
  /** The tab stop of `metadata.name`, which selectors and labels repeat. */
  private nameStop: number | undefined;

  constructor(private readonly style: SnippetStyle) {}

  /** The text behind a new key: the colon and its value, as far as it is sure; `column` is that of the key. */
  behindKey(schema: Schema, column: number): string {
    const scalar = this.scalar(schema);
    if (scalar !== undefined) return `: ${scalar}`;
    if (schema.type === "array") return `:\n${this.list(schema, column)}`;
    const lines = this.filled(schema, column + 2, 0);
    return lines.length === 0 ? `:\n${pad(column + 2)}${this.stop()}` : `:\n${lines.join("\n")}`;
  }

  /** What an item of a list must have, behind its dash; `column` is where its first key stands. Empty when that is nothing. */
  item(schema: Schema, column: number): string {
    return this.filled(schema, column, 0).join("\n").trimStart();
  }

  /** A whole object of a kind, from its apiVersion on. */
  object(apiVersion: string, kind: string, schema: Schema): string {
    const lines = [`apiVersion: ${apiVersion}`, `kind: ${kind}`];
    if (schema.properties?.has("metadata") !== false) {
      this.nameStop = ++this.stops;
      lines.push("metadata:", `  name: \${${this.nameStop}:name}`);
    }
    const required = [...(schema.required ?? [])].filter((name) => !["apiVersion", "kind", "metadata"].includes(name));
    for (const name of ordered(schema, required.length > 0 ? required : usual(schema))) {
      const field = schema.properties?.get(name);
      if (field !== undefined) lines.push(...`${name}${this.behindKey(field, 0)}`.split("\n"));
    }
    return `${lines.join("\n")}\n`;
  }

  private list(schema: Schema, column: number): string {
    const dash = column + (this.style.indented ? 2 : 0);
    const items = schema.items;
    if (this.style.patch && schema.mergeKey !== undefined) return `${pad(dash)}- ${schema.mergeKey}: ${this.stop()}`;
    const filled = items === undefined ? [] : this.filled(items, dash + 2, 0);
    const first = filled.length === 0 ? (items === undefined ? undefined : this.scalar(items)) : undefined;
    return `${pad(dash)}- ${filled.length > 0 ? filled.join("\n").trimStart() : (first ?? this.stop())}`;
  }

  /** The lines of the fields that an object must have. */
  private filled(schema: Schema, column: number, depth: number): string[] {
    if (depth > deepest || (schema.type !== undefined && schema.type !== "object")) return [];
    const lines: string[] = [];
    for (const name of ordered(schema, this.wanted(schema))) {
      const field = schema.properties?.get(name);
      if (field === undefined) continue;
      lines.push(`${pad(column)}${name}${this.value(name, field, column, depth)}`);
    }
    return lines.flatMap((line) => line.split("\n"));
  }

  private value(name: string, field: Schema, column: number, depth: number): string {
    const inner = column + 2;
    if (name === "matchLabels" || name === "labels") return `:\n${pad(inner)}${this.label()}`;
    if (field.type === "array") return `:\n${this.list(field, column)}`;
    const scalar = this.scalar(field);
    if (scalar !== undefined) return `: ${scalar}`;
    if (name === "metadata" && field.properties?.has("labels")) {
      return `:\n${pad(inner)}labels:\n${pad(inner + 2)}${this.label()}`;
    }
    const lines = this.filled(field, inner, depth + 1);
    return lines.length === 0 ? `:\n${pad(inner)}${this.stop()}` : `:\n${lines.join("\n")}`;
  }

  /** What to fill in: in a patch the key of a list's item, else what is required, and what in fact is so too. */
  private wanted(schema: Schema): readonly string[] {
    const { properties, required = [] } = schema;
    const usual = usualFields.find(({ of }) => of.every((name) => properties?.has(name)))?.fill;
    if (this.style.patch) return usual?.length === 1 ? usual : [];
    if (usual !== undefined) return [...usual, ...required];
    if (required.length > 0) return required;
    // A template is checked as the object that is made of it.
    const spec = properties?.get("spec");
    return properties?.has("metadata") && spec?.required !== undefined ? ["metadata", "spec"] : [];
  }

  /** A label that a selector and the template that it selects have in common. */
  private label(): string {
    if (this.nameStop === undefined) this.nameStop = ++this.stops;
    return `app: \${${this.nameStop}:name}`;
  }

  /** A place for a scalar, with the values that it may have; `undefined` when something else must stand there. */
  private scalar(schema: Schema): string | undefined {
    const { type, values } = schema;
    if (type === "boolean") return this.choice(schema.default === false ? ["true", "false"] : ["false", "true"]);
    if (values !== undefined && values.length > 0) {
      const texts = values.map(({ value }) => scalarText(value, schema));
      const only = texts[0];
      return texts.length === 1 && only !== undefined ? escapeSnippet(only) : this.choice(texts);
    }
    if (type === "array" || type === "object" || (type === undefined && schema.types === undefined)) return undefined;
    return this.stop();
  }

  private choice(values: readonly string[]): string {
    return `\${${++this.stops}|${values.map((value) => value.replace(/[\\,|$}]/g, "\\$&")).join(",")}|}`;
  }

  private stop(): string {
    return `$${++this.stops}`;
  }
}

/** A value as it is written where a schema says of which type it is. */
export function scalarText(value: string, { type, types = [] }: Schema, flow = false): string {
  const isRaw = type === "integer" || type === "number" || type === "boolean";
  const mayBeNumber = types.includes("integer") || types.includes("number");
  return isRaw || (mayBeNumber && /^-?\d+(?:\.\d+)?$/.test(value)) ? value : quoteIfNeeded(value, flow);
}

/** Text that stands in a snippet as it is. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** A snippet for a client that knows none: values in the place of their tab stops. */
export function withoutTabStops(snippet: string): string {
  return snippet.replace(
    /\\([\\$}])|\$\{\d+:([^}]*)\}|\$\{\d+\|((?:\\.|[^,|\\])*)[^}]*\|\}|\$\{?\d+\}?/g,
    (_, escaped?: string, placeholder?: string, choice?: string) =>
      escaped ?? placeholder ?? choice?.replace(/\\(.)/g, "$1") ?? "",
  );
}

/** Fields in the order in which they are written. */
function ordered(schema: Schema, names: readonly string[]): readonly string[] {
  const wanted = new Set(names);
  return [...(schema.properties?.keys() ?? [])].filter((name) => wanted.has(name));
}

/** What is in most objects of a kind of which nothing is required. */
function usual({ properties }: Schema): readonly string[] {
  const first = ["spec", "data", "stringData", "rules"].find((name) => properties?.has(name));
  return first === undefined ? [] : [first];
}

function pad(columns: number): string {
  return " ".repeat(columns);
}
