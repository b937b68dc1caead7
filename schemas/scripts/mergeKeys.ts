import { type Schema, SchemaSourceError } from "./schema";
import { type Shards, splitReference } from "./shards";

/** `schemas/mergeKeys.json`: for a type and a field of it, how a strategic merge treats the field. */
export type MergeKeys = Readonly<Record<string, Readonly<Record<string, MergeRule>>>>;

/** The key in one word stands for the strategy `merge` by that key. */
type MergeRule = string | Pick<Schema, "mergeKey" | "mergeStrategy" | "listKeys">;

/**
 * The shards with merge keys at the fields that have one.
 * @throws SchemaSourceError when a type or a field is gone
 */
export function applyMergeKeys(shards: Shards, keys: MergeKeys, source: string): Shards {
  const result: Shards = new Map([...shards].map(([shard, types]) => [shard, new Map(types)]));
  for (const [reference, fields] of Object.entries(keys)) {
    const { shard, name } = splitReference(reference, "kubernetes");
    const types = result.get(shard);
    const type = types?.get(name);
    if (types === undefined || type === undefined)
      throw new SchemaSourceError(source, `upstream has no ${reference} any more`);
    const properties = { ...type.schema.properties };
    for (const [field, rule] of Object.entries(fields)) {
      const schema = properties[field];
      if (schema === undefined) throw new SchemaSourceError(source, `upstream has no ${reference}.${field} any more`);
      properties[field] = {
        ...schema,
        ...(typeof rule === "string" ? { mergeKey: rule, mergeStrategy: "merge" } : rule),
      };
    }
    types.set(name, { ...type, schema: { ...type.schema, properties } });
  }
  return result;
}
