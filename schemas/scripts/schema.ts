/**
 * What a value may be, as it is written in `schemas/` and in the shards of the bundle: a subset of JSON Schema with a few
 * words of our own. `schemas/README.md` explains each word.
 */
export interface Schema {
  /** A definition by name: `TaskSpec` of the same file, or `kubernetes#v1/PodSpec` of another shard. */
  readonly $ref?: string;
  /** Takes over the fields of another definition of the same file. Only in what is written by hand. */
  readonly extends?: string;
  /** Fields of the extended definition that this one does not have. */
  readonly without?: readonly string[];
  readonly type?: TypeName | readonly TypeName[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** What other keys hold; `true` for anything. Absent beside `properties`: there are no other keys. */
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly Scalar[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  /** What takes its place, or why it should not be used. */
  readonly deprecated?: string;
  /** The first version of the product that knows it. */
  readonly since?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** The field that tells the items of a list apart in a strategic merge. */
  readonly mergeKey?: string;
  /** How a strategic merge treats the value, for example `merge,retainKeys`. */
  readonly mergeStrategy?: string;
  /** The fields that tell the items of a list apart in a server-side apply. */
  readonly listKeys?: readonly string[];
}

export type TypeName = "object" | "array" | "string" | "integer" | "number" | "boolean";
export type Scalar = string | number | boolean;

/** A root of a document: what `apiVersion` and `kind` it has. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A named schema and, when documents of it exist, their kind. */
export interface Type {
  readonly schema: Schema;
  readonly kind?: Kind;
  /** What documents of it are called when they have no kind: `TransformerConfiguration`. */
  readonly document?: string;
}

/** Types by their name within one shard. */
export type Types = Map<string, Type>;

/** A type written by hand or upstream that says the impossible: the build of the bundle stops. */
export class SchemaSourceError extends Error {
  constructor(source: string, message: string) {
    super(`${source}: ${message}`);
    this.name = "SchemaSourceError";
  }
}

/** The schema with each part that holds another schema (properties, items, values) replaced by what `change` makes of it. */
export function mapParts(schema: Schema, change: (part: Schema, name: string) => Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, change(part, name)])),
    }),
    ...(items && { items: change(items, "items") }),
    ...(typeof additionalProperties === "object" && { additionalProperties: change(additionalProperties, "values") }),
  };
}
