/** What a value may be: a compact subset of JSON Schema. Everything that is not said is allowed. */
export interface Schema {
  /** Absent: anything, or one of `types`. */
  readonly type?: SchemaType | undefined;
  /** Set in the place of `type` where values of several types are right, for example an integer or a string. */
  readonly types?: readonly SchemaType[] | undefined;
  /** `int32`, `date-time`, `byte`, `int-or-string`, `quantity`, `go-duration` and so on; unknown ones mean nothing. */
  readonly format?: string | undefined;
  /** Markdown, one or two sentences. */
  readonly description?: string | undefined;
  /** Fields in canonical order. */
  readonly properties?: ReadonlyMap<string, Schema> | undefined;
  /** What other keys of an object hold; `true` for anything. Absent: there are no other keys. */
  readonly others?: Schema | true | undefined;
  readonly items?: Schema | undefined;
  readonly required?: readonly string[] | undefined;
  /** The only values that are right. */
  readonly values?: readonly EnumValue[] | undefined;
  /** Some values that are common. */
  readonly examples?: readonly string[] | undefined;
  readonly default?: unknown;
  /** A regular expression in Go's syntax, which the text must match somewhere. */
  readonly pattern?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly minProperties?: number | undefined;
  readonly maxProperties?: number | undefined;
  /** The field that takes this one's place, or a sentence that says what to do. */
  readonly deprecated?: string | undefined;
  /** The first version that knows the field. */
  readonly since?: string | undefined;
  /** The field by which a strategic merge tells the items of a list apart. */
  readonly mergeKey?: string | undefined;
  /** Holds a whole object of its own, with apiVersion and kind: an item of a `List`, an object of a template. */
  readonly embedded?: boolean | undefined;
}

export type SchemaType = "object" | "array" | "string" | "integer" | "number" | "boolean";

/** One of the values that are right, and what it means. */
export interface EnumValue {
  readonly value: string;
  readonly description?: string | undefined;
}

/** What a document of a kind may be. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: Schema;
}
