import type { SchemaBundle } from "./bundle";
import type { Schema } from "./schema";
import { firstOf, type KnownKind, noSchemas, type SchemaSource } from "./schemaSource";

/** Every schema that holds in a workspace at one moment. */
export interface Schemas {
  /**
   * What is known of a kind, from the source that knows best: a definition in the workspace, the cluster, the folder of the
   * settings, the `openapi.path` of a kustomization that reads the file `path`, the bundle. `undefined`: nobody knows it.
   */
  find(apiVersion: string, kind: string, path?: string): KnownKind | undefined;
  /** All kinds, to choose from; of kinds that several sources know, what the best of them says. */
  kinds(): Iterable<KnownKind>;
  /** A document that has no kind, by the name of what it is, for example `TransformerConfiguration`. */
  document(name: string): Schema | undefined;
}

/** What schemas are put together from, the first knows best. */
export interface SchemaSources {
  readonly workspace?: SchemaSource | undefined;
  readonly cluster?: SchemaSource | undefined;
  readonly folder?: SchemaSource | undefined;
  /** The OpenAPI files of the kustomizations that read a file. */
  readonly openApiOf?: ((path: string) => SchemaSource) | undefined;
  readonly bundle?: SchemaBundle | undefined;
}

/** Puts the sources in their order. */
export function createSchemas(sources: SchemaSources): Schemas {
  const { workspace = noSchemas, cluster = noSchemas, folder = noSchemas, openApiOf, bundle } = sources;
  const above = firstOf([workspace, cluster, folder]);
  const all = firstOf([above, bundle ?? noSchemas]);
  return {
    find(apiVersion, kind, path) {
      const known = above.find(apiVersion, kind);
      if (known !== undefined || path === undefined) return known ?? bundle?.find(apiVersion, kind);
      return openApiOf?.(path).find(apiVersion, kind) ?? bundle?.find(apiVersion, kind);
    },
    kinds: () => all.kinds(),
    document: (name) => bundle?.document(name),
  };
}
