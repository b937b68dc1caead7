import type { BundleFiles } from "../../server/src/schema/bundle";

type Json = { readonly [key: string]: unknown };

/** Words of ours that JSON Schema does not have; most say how lists are merged. */
const ownWords: ReadonlySet<string> = new Set(["mergeKey", "mergeStrategy", "listKeys", "enumDescriptions", "since"]);

/**
 * The Kubernetes shard of the bundle as one JSON Schema (draft 7) for documents of all its kinds. Each kind stands behind an `if`, so
 * that a validator goes into the definition of the one kind that a document has; a `oneOf` would make it try them all.
 */
export function toJsonSchema(files: BundleFiles): Json {
  const { definitions } = files.structure("kubernetes") as { readonly definitions: Readonly<Record<string, Json>> };
  const { kinds } = files.index() as {
    readonly kinds: Readonly<Record<string, Readonly<Record<string, { readonly schema?: string }>>>>;
  };
  const choices: Json[] = [];
  for (const [apiVersion, entries] of Object.entries(kinds)) {
    for (const [kind, { schema = "" }] of Object.entries(entries)) {
      const [shard, name = ""] = schema.split("#");
      if (shard !== "kubernetes") continue;
      const isThis = { properties: { apiVersion: { const: apiVersion }, kind: { const: kind } } };
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so, and nobody waits for a schema.
      choices.push({ if: { ...isThis, required: ["apiVersion", "kind"] }, then: { $ref: pointerTo(name) } });
    }
  }
  const converted = Object.entries(definitions).map(([name, schema]) => [name, convert(schema)] as const);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    definitions: Object.fromEntries(converted),
    allOf: choices,
  };
}

function convert(schema: Json): Json {
  const result: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(schema)) {
    if (ownWords.has(word)) continue;
    if (word === "$ref") result[word] = pointerTo(String(value));
    else if (word === "properties") result[word] = convertAll(value as Readonly<Record<string, Json>>);
    else result[word] = isSchema(word, value) ? convert(value) : value;
  }
  // With us an object that names its fields has no others.
  if (result["properties"] !== undefined) result["additionalProperties"] ??= false;
  return result;
}

function convertAll(properties: Readonly<Record<string, Json>>): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convert(schema)]));
}

function isSchema(word: string, value: unknown): value is Json {
  return (word === "items" || word === "additionalProperties") && typeof value === "object" && value !== null;
}

function pointerTo(name: string): string {
  return `#/definitions/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
