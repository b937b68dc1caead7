/** What a value may be: a compact subset of JSON Schema. Everything that is not said is allowed. */
export interface Schema {
  readonly type?: SchemaType | undefined;
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
  readonly default?: string | number | boolean | undefined;
  readonly minimum?: number | undefined;
  /** The field that takes this one's place. */
  readonly deprecated?: string | undefined;
  /** The first version that knows the field. */
  readonly since?: string | undefined;
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
