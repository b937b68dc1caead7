import type { EnumValue, KindSchema, Schema, SchemaType } from "./schema";

/** A file of `schemas/`, as it is written. */
export interface SchemaFile {
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string; readonly schema: string }[];
  readonly definitions: Readonly<Record<string, WrittenSchema>>;
}

/** A schema as it is written: `$ref` and `extends` name definitions of the same file. */
export interface WrittenSchema {
  readonly $ref?: string;
  /** Takes over the fields of another definition, before or instead of which its own stand. */
  readonly extends?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, WrittenSchema>>;
  readonly additionalProperties?: WrittenSchema | boolean;
  readonly items?: WrittenSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly string[];
  readonly default?: string | number | boolean;
  readonly minimum?: number;
  readonly deprecated?: string;
  readonly since?: string;
}

/** Resolves the references of a schema file. Throws when it names a definition that is not there: the file is ours. */
export function loadSchemas(file: SchemaFile): readonly KindSchema[] {
  const loader = new Loader(new Map(Object.entries(file.definitions)));
  return file.kinds.map(({ apiVersion, kind, schema }) => ({ apiVersion, kind, schema: loader.definition(schema) }));
}

class Loader {
  private readonly loaded = new Map<string, Schema>();

  constructor(private readonly definitions: ReadonlyMap<string, WrittenSchema>) {}

  definition(name: string): Schema {
    const known = this.loaded.get(name);
    if (known !== undefined) return known;
    const written = this.definitions.get(name);
    if (written === undefined) throw new Error(`The schema definition '${name}' does not exist.`);
    const schema = this.schema(written);
    this.loaded.set(name, schema);
    return schema;
  }

  private schema(written: WrittenSchema): Schema {
    if (written.$ref !== undefined) return { ...this.definition(written.$ref), ...stated(written) };
    const base = written.extends === undefined ? undefined : this.definition(written.extends);
    const own = Object.entries(written.properties ?? {}).map(([name, field]) => [name, this.schema(field)] as const);
    const properties = new Map([...(base?.properties ?? []), ...own]);
    const { additionalProperties: others, items } = written;
    return {
      ...base,
      ...stated(written),
      ...(properties.size > 0 && { properties }),
      ...(others !== undefined && others !== false && { others: others === true || this.schema(others) }),
      ...(items !== undefined && { items: this.schema(items) }),
    };
  }
}

/** What a schema says of itself, without what it refers to. */
function stated(written: WrittenSchema): Schema {
  const { type, description, required, examples, minimum, deprecated, since } = written;
  const values = written.enum?.map((value, i): EnumValue => ({ value, description: written.enumDescriptions?.[i] }));
  return {
    ...(isType(type) && { type }),
    ...(description !== undefined && { description }),
    ...(required !== undefined && { required }),
    ...(values !== undefined && { values }),
    ...(examples !== undefined && { examples }),
    ...(written.default !== undefined && { default: written.default }),
    ...(minimum !== undefined && { minimum }),
    ...(deprecated !== undefined && { deprecated }),
    ...(since !== undefined && { since }),
  };
}

function isType(type: string | undefined): type is SchemaType {
  return type !== undefined && ["object", "array", "string", "integer", "number", "boolean"].includes(type);
}
