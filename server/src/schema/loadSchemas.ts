import type { KindSchema, Schema } from "./schema";
import { enumValues, exampleTexts, isType, type WrittenSchema } from "./written";

/** A file of `schemas/`, as it is written. */
export interface SchemaFile {
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string; readonly schema: string }[];
  readonly definitions: Readonly<Record<string, WrittenSchema>>;
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
  const { type, description, required, minimum, deprecated, since } = written;
  const values = enumValues(written);
  const examples = exampleTexts(written);
  return {
    ...(typeof type === "string" && isType(type) && { type }),
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
