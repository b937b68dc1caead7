import { withFirst } from "./handWritten";
import { mapParts, type Schema, type Types } from "./schema";
import type { Shards } from "./shards";

/**
 * Puts the fields that every document has in front, and describes them where upstream does not. Their `apiVersion` and `kind` are not required: what is
 * a document has them, or it would not be known as one; and a PersistentVolumeClaim in a StatefulSet needs none.
 */
export function withCommonFields(shards: Shards): Shards {
  const texts: Readonly<Record<string, string>> = {
    apiVersion:
      "Group and version of the API that the object belongs to. Together with `kind` it decides which fields there are.",
    kind: "What the object is.",
    metadata: "Name, namespace, labels and annotations of the object.",
    status: "What the controller reports about the object. Not written by hand, and not kept in a repository.",
  };
  const describe = (types: Types): Types =>
    new Map(
      [...types].map(([name, type]) => {
        if (type.kind === undefined) return [name, type];
        const { required = [], ...schema } = type.schema;
        const demanded = required.filter((field) => field !== "apiVersion" && field !== "kind");
        const add = (part: Schema, field: string): Schema =>
          part.description === undefined && type.schema.properties?.[field] === part && texts[field]
            ? { ...part, description: texts[field] }
            : part;
        const described = mapParts(schema, add);
        const properties = withFirst(described.properties ?? {}, ["apiVersion", "kind", "metadata"]);
        const whole = { ...described, properties, ...(demanded.length > 0 && { required: demanded }) };
        return [name, { ...type, schema: whole }];
      }),
    );
  return new Map([...shards].map(([shard, types]) => [shard, describe(types)]));
}
