import type { EnumValue, SchemaType } from "./schema";

/** A schema as it is written in the bundle and in `schemas/`; `schemas/README.md` explains each word. */
export interface WrittenSchema {
  /** A definition: `NAME` of the same file, or `SHARD#NAME`. */
  readonly $ref?: string;
  /** Takes over the fields of another definition. Only in what is written by hand. */
  readonly extends?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, WrittenSchema>>;
  readonly additionalProperties?: WrittenSchema | boolean;
  readonly items?: WrittenSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly deprecated?: string;
  readonly since?: string;
  readonly mergeKey?: string;
}

/** The only values that are right, with what each means. */
export function enumValues({ enum: values, enumDescriptions }: WrittenSchema): readonly EnumValue[] | undefined {
  return values?.map((value, i): EnumValue => ({ value: String(value), description: enumDescriptions?.[i] }));
}

/** Values to offer: only such that stand on one line. */
export function exampleTexts({ examples }: WrittenSchema): readonly string[] | undefined {
  return examples?.filter((each) => typeof each !== "object").map(String);
}

/** Whether a word is the name of a type. */
export function isType(word: string | undefined): word is SchemaType {
  return word !== undefined && ["object", "array", "string", "integer", "number", "boolean"].includes(word);
}
