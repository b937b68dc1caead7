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
  const { workspace = noSchemas, folder = noSchemas, openApiOf, bundle } = sources;
  const cluster = sources.cluster === undefined ? noSchemas : withBundleFacts(sources.cluster, bundle);
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

/** A cluster does not tell how long a version lives, and which short names a kind has. */
function withBundleFacts(cluster: SchemaSource, bundle: SchemaBundle | undefined): SchemaSource {
  const complete = (known: KnownKind): KnownKind => {
    const ours = bundle?.find(known.apiVersion, known.kind);
    if (ours === undefined) return known;
    const { lifecycle, shortNames, plural = known.plural, scope = known.scope } = ours;
    return {
      ...{ apiVersion: known.apiVersion, kind: known.kind, from: known.from, lifecycle, shortNames, plural, scope },
      get schema() {
        return known.schema;
      },
    };
  };
  return {
    find(apiVersion, kind) {
      const known = cluster.find(apiVersion, kind);
      return known && complete(known);
    },
    *kinds() {
      for (const known of cluster.kinds()) yield complete(known);
    },
  };
}
