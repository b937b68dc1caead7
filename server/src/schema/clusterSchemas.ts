import type { GroupVersionSchemas } from "../protocol/observe";
import { nodeOfJson } from "./jsonNode";
import { schemaFromNode } from "./nodeSchema";
import type { Schema } from "./schema";
import { firstOf, type KnownKind, type SchemaSource, sourceOf } from "./schemaSource";

/** What open contexts told of kinds: by the name of the context, then by apiVersion. */
export type ClusterSchemas = ReadonlyMap<string, ReadonlyMap<string, GroupVersionSchemas>>;

/** The source of what clusters know; of several that know a kind, the context that was opened first. `undefined` when none told anything. */
export function clusterSource(told: ClusterSchemas): SchemaSource | undefined {
  const sources = [...told].map(([cluster, groupVersions]) =>
    sourceOf([...groupVersions.values()].flatMap((each) => clusterKinds(each, cluster))),
  );
  return sources.length === 0 ? undefined : firstOf(sources);
}

/** The kinds of one group-version. A schema is made when it is first asked for. */
function clusterKinds({ apiVersion, kinds, definitions }: GroupVersionSchemas, cluster: string): readonly KnownKind[] {
  const made = new Map<string, Schema | undefined>();
  const schemaOf = (name: string): Schema | undefined => {
    if (!made.has(name)) {
      const written = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      const resolve = (reference: string): Schema | undefined =>
        schemaOf(reference.slice(reference.lastIndexOf("/") + 1));
      made.set(name, written === undefined ? undefined : schemaFromNode(nodeOfJson(written), resolve));
    }
    return made.get(name);
  };
  return kinds.map(({ kind, definition, plural, namespaced }): KnownKind => {
    let schema: Schema | undefined;
    return {
      ...{ apiVersion, kind, plural },
      from: { source: "cluster", title: cluster },
      scope: namespaced === undefined ? undefined : namespaced ? "Namespaced" : "Cluster",
      get schema() {
        schema ??= documentSchema(schemaOf(definition));
        return schema;
      },
    };
  });
}

/** A manifest need not have a status, and what every object has is told elsewhere. */
function documentSchema(schema: Schema | undefined): Schema | undefined {
  if (schema === undefined) return undefined;
  if (schema.properties === undefined) return { ...schema, others: true };
  const required = schema.required?.filter((name) => !["apiVersion", "kind", "metadata", "status"].includes(name));
  return { ...schema, required };
}
