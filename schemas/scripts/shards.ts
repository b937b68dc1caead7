import { mapParts, type Schema, SchemaSourceError, type Types } from "./schema";

/** All types of the bundle by shard. References name a type of the same shard, or `shard#type`. */
export type Shards = Map<string, Types>;

/** A shard ready to be written. */
export interface Shard {
  readonly definitions: Readonly<Record<string, Schema>>;
  /** Descriptions of the definitions (under the empty name) and of their fields. */
  readonly descriptions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Leaves out what no kind leads to.
 * @throws SchemaSourceError for a reference to a type that does not exist
 */
export function withoutUnreached(shards: Shards): Shards {
  const reached = new Map<string, Set<string>>([...shards.keys()].map((shard) => [shard, new Set()]));
  const pending: { shard: string; name: string; from: string }[] = [];
  for (const [shard, types] of shards) {
    for (const [name, { kind, document }] of types) {
      if ((kind ?? document) !== undefined) pending.push({ shard, name, from: "a kind" });
    }
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { shard, name, from } = next;
    const type = shards.get(shard)?.get(name);
    if (type === undefined) throw new SchemaSourceError(from, `refers to ${shard}#${name}, which does not exist`);
    const seen = reached.get(shard);
    if (seen === undefined || seen.has(name)) continue;
    seen.add(name);
    for (const reference of references(type.schema)) {
      pending.push({ ...splitReference(reference, shard), from: `${shard}#${name}` });
    }
  }
  const kept = (shard: string, types: Types): Types =>
    new Map([...types].filter(([name]) => reached.get(shard)?.has(name)));
  return new Map([...shards].map(([shard, types]) => [shard, kept(shard, types)]));
}

/** The shard and the name that a reference within `shard` leads to. */
export function splitReference(reference: string, shard: string): { shard: string; name: string } {
  const mark = reference.indexOf("#");
  return mark < 0 ? { shard, name: reference } : { shard: reference.slice(0, mark), name: reference.slice(mark + 1) };
}

function references(schema: Schema): string[] {
  const found: string[] = schema.$ref === undefined ? [] : [schema.$ref];
  mapParts(schema, (part) => {
    found.push(...references(part));
    return part;
  });
  return found;
}

/**
 * Gives every object that is described in the middle of another one a name of its own, `HTTPRoute.spec.rules`, so that each
 * description has an address made of a definition and a field; objects that are the same are written once. Then parts the
 * descriptions from the structure.
 */
export function splitShard(types: Types): Shard {
  const definitions = new Map<string, Schema>();
  const names = new Map<string, string>();
  const lift = (schema: Schema, owner: string): Schema => {
    const parts = mapParts(schema, (part, name) =>
      lift(part, name === "items" || name === "values" ? owner : `${owner}.${name}`),
    );
    if (parts.properties === undefined || owner === "") return parts;
    const { description, default: fallback, ...object } = parts;
    const text = JSON.stringify([object, description]);
    let name = names.get(text);
    if (name === undefined) {
      name = unusedName(owner, definitions, types);
      names.set(text, name);
      definitions.set(name, { ...object, ...(description && { description }) });
    }
    return { $ref: name, ...(description && { description }), ...(fallback !== undefined && { default: fallback }) };
  };
  for (const [name, { schema }] of types) {
    definitions.set(
      name,
      mapParts(schema, (part, field) => lift(part, `${name}.${field}`)),
    );
  }
  const descriptions = new Map<string, Record<string, string>>();
  const structure = [...definitions].map(([name, definition]) => {
    const { description, ...rest } = definition;
    const texts: Record<string, string> = description ? { "": description } : {};
    const schema = mapParts(rest, (part, field) => {
      const { description: text, ...structural } = part;
      if (text && rest.properties?.[field] === part) texts[field] = text;
      return withoutDescriptions(structural);
    });
    if (Object.keys(texts).length > 0) descriptions.set(name, texts);
    return [name, schema] as const;
  });
  return { definitions: Object.fromEntries(structure), descriptions: Object.fromEntries(descriptions) };
}

function unusedName(wanted: string, ...taken: readonly ReadonlyMap<string, unknown>[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!taken.some((names) => names.has(name))) return name;
  }
}

function withoutDescriptions({ description: _, ...schema }: Schema): Schema {
  return mapParts(schema, withoutDescriptions);
}
