import { type Kind, mapParts, type Schema, SchemaSourceError, type Types } from "./schema";

/** A file of `schemas/` that holds whole kinds; `kustomization.json` is one, too. */
export interface SchemaFile {
  readonly kinds: readonly (Kind & { readonly schema: string })[];
  /** Definitions that documents without a kind are of, by what such documents are called. */
  readonly documents?: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** A file of `schemas/` that corrects what a package says. */
export interface Overlay {
  /** By the name of the type. */
  readonly changes: Readonly<Record<string, TypeChange>>;
  /** Types that upstream describes wrongly altogether, by name. */
  readonly replaced?: Readonly<Record<string, Schema>>;
  /** New types, for fields that are added. */
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly kinds?: SchemaFile["kinds"];
}

/** Words that replace upstream's; `null` takes one away, where upstream is stricter than what clusters accept. */
export type Change = { readonly [Word in keyof Omit<Schema, "properties" | "items">]?: Schema[Word] | null } & {
  /** Fields that exist, and what is to be said of them otherwise. */
  readonly properties?: Readonly<Record<string, Change>>;
  readonly items?: Change;
};

export type TypeChange = Change & {
  /** Fields that upstream does not have yet. */
  readonly added?: Readonly<Record<string, Schema>>;
  /** Fields that people write first, in that order. Packages have them by the alphabet. */
  readonly first?: readonly string[];
};

/** Several files as one: what one of them defines, another may refer to and extend. */
export function joinSchemaFiles(files: readonly SchemaFile[]): SchemaFile {
  return {
    kinds: files.flatMap(({ kinds }) => kinds),
    documents: Object.assign({}, ...files.map(({ documents }) => documents)),
    definitions: Object.assign({}, ...files.map(({ definitions }) => definitions)),
  };
}

/**
 * The types of a hand-written file: what a definition `extends` is copied into it.
 * @throws SchemaSourceError when a name leads nowhere
 */
export function readSchemaFile(file: SchemaFile, source: string): Types {
  const types: Types = new Map();
  const resolve = (name: string): Schema => {
    const written = Object.hasOwn(file.definitions, name) ? file.definitions[name] : undefined;
    if (written === undefined) throw new SchemaSourceError(source, `the definition ${name} does not exist`);
    return expand(written);
  };
  const expand = ({ extends: base, without = [], ...own }: Schema): Schema => {
    if (base === undefined) return mapParts(own, expand);
    const inherited = resolve(base);
    const missing = without.find((name) => inherited.properties?.[name] === undefined);
    if (missing !== undefined) throw new SchemaSourceError(source, `${base} has no field ${missing} to leave out`);
    const kept = Object.entries(inherited.properties ?? {}).filter(([name]) => !without.includes(name));
    const properties = { ...Object.fromEntries(kept), ...mapParts(own, expand).properties };
    return { ...inherited, ...own, properties };
  };
  for (const name of Object.keys(file.definitions)) types.set(name, { schema: resolve(name) });
  for (const [document, name] of Object.entries(file.documents ?? {})) {
    types.set(name, { schema: resolve(name), document });
  }
  for (const { apiVersion, kind, schema } of file.kinds) {
    types.set(`${apiVersion}/${kind}`, { schema: resolve(schema), kind: { apiVersion, kind } });
  }
  return types;
}

/**
 * The types with the corrections of an overlay.
 * @throws SchemaSourceError when the overlay names a type or a field that upstream no longer has, or adds one that it has by now
 */
export function applyOverlay(types: Types, overlay: Overlay, source: string): Types {
  const result: Types = new Map(types);
  for (const [name, { added, first, ...change }] of Object.entries(overlay.changes)) {
    const type = result.get(name);
    if (type === undefined) throw new SchemaSourceError(source, `upstream has no type ${name} any more`);
    const schema = merge(type.schema, change, { source, path: name });
    const present = Object.keys(added ?? {}).find((field) => schema.properties?.[field] !== undefined);
    if (present !== undefined) throw new SchemaSourceError(source, `upstream has ${name}.${present} by now`);
    const properties = { ...schema.properties, ...added };
    const gone = first?.find((field) => properties[field] === undefined);
    if (gone !== undefined) throw new SchemaSourceError(source, `upstream has no field ${name}.${gone} any more`);
    const whole =
      (added ?? first) === undefined ? schema : { ...schema, properties: withFirst(properties, first ?? []) };
    result.set(name, { ...type, schema: whole });
  }
  for (const [name, schema] of Object.entries(overlay.replaced ?? {})) {
    if (!result.has(name)) throw new SchemaSourceError(source, `upstream has no type ${name} any more`);
    result.set(name, { schema });
  }
  const file = { kinds: overlay.kinds ?? [], definitions: overlay.definitions ?? {} };
  for (const [name, type] of readSchemaFile(file, source)) {
    if (types.has(name)) throw new SchemaSourceError(source, `upstream has the type ${name} by now`);
    result.set(name, type);
  }
  return result;
}

/** The fields with some of them in front. */
export function withFirst(
  properties: Readonly<Record<string, Schema>>,
  first: readonly string[],
): Readonly<Record<string, Schema>> {
  const entries = Object.entries(properties);
  const leading = first.flatMap((name) => entries.filter(([field]) => field === name));
  return Object.fromEntries([...leading, ...entries.filter(([field]) => !first.includes(field))]);
}

function merge(schema: Schema, change: Change, at: { source: string; path: string }): Schema {
  const { properties, items, ...own } = change;
  const merged: Record<string, Schema> = { ...schema.properties };
  for (const [name, field] of Object.entries(properties ?? {})) {
    const known = merged[name];
    if (known === undefined)
      throw new SchemaSourceError(at.source, `upstream has no field ${at.path}.${name} any more`);
    merged[name] = merge(known, field, { ...at, path: `${at.path}.${name}` });
  }
  if (items !== undefined && schema.items === undefined) {
    throw new SchemaSourceError(at.source, `upstream's ${at.path} is no list any more`);
  }
  const words = Object.entries({ ...schema, ...own }).filter(([, word]) => word !== null);
  return {
    ...(Object.fromEntries(words) as Schema),
    ...(schema.properties && { properties: merged }),
    ...(items && schema.items && { items: merge(schema.items, items, { ...at, path: `${at.path}[]` }) }),
  };
}
