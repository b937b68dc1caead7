import { withFirst } from "./handWritten";
import { mapParts, type Schema, type Types } from "./schema";
import type { Shards } from "./shards";

/** What is said of the fields that every document has, where upstream says nothing. */
const texts: Readonly<Record<string, string>> = {
  apiVersion:
    "Group and version of the API that the object belongs to. Together with `kind` it decides which fields there are.",
  kind: "What the object is.",
  metadata: "Name, namespace, labels and annotations of the object.",
  status: "What the controller reports about the object. Not written by hand, and not kept in a repository.",
};

/**
 * Puts the fields that every document has in front, and describes them where upstream does not. Their `apiVersion` and
 * `kind` are not required: what is a document has them, or it would not be known as one; and a PersistentVolumeClaim in a
 * StatefulSet needs none.
 */
export function withCommonFields(shards: Shards): Shards {
  const inTypes = (types: Types): Types =>
    new Map([...types].map(([name, type]) => [name, type.kind ? { ...type, schema: inDocument(type.schema) } : type]));
  return new Map([...shards].map(([shard, types]) => [shard, inTypes(types)]));
}

function inDocument({ required = [], ...schema }: Schema): Schema {
  const demanded = required.filter((field) => field !== "apiVersion" && field !== "kind");
  const described = mapParts(schema, (part, field) => {
    const text = schema.properties?.[field] === part ? texts[field] : undefined;
    return part.description === undefined && text ? { ...part, description: text } : part;
  });
  const properties = withFirst(described.properties ?? {}, ["apiVersion", "kind", "metadata"]);
  return { ...described, properties, ...(demanded.length > 0 && { required: demanded }) };
}
