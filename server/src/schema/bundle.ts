import { LazySchema, type SchemaScope } from "./lazySchema";
import type { Schema } from "./schema";
import type { KnownKind, Lifecycle, SchemaSource } from "./schemaSource";
import type { WrittenSchema } from "./written";

/** The files of the bundle that `npm run build` makes, as parsed JSON; `undefined` for one that cannot be read. */
export interface BundleFiles {
  /** `index.json`. */
  index(): unknown;
  /** `SHARD.json.br`. */
  structure(shard: string): unknown;
  /** `SHARD.descriptions.json.br`. */
  descriptions(shard: string): unknown;
}

/** The schemas that the product brings along. */
export interface SchemaBundle extends SchemaSource {
  /** Documents that have no kind, by the name of what they are: `TransformerConfiguration`. */
  document(name: string): Schema | undefined;
}

interface Index {
  readonly shards: Readonly<Record<string, { readonly title: string }>>;
  readonly kinds: Readonly<Record<string, Readonly<Record<string, KindEntry>>>>;
  readonly documents?: Readonly<Record<string, string>>;
}

interface KindEntry {
  readonly schema?: string;
  readonly plural: string;
  readonly scope?: "Cluster";
  readonly shortNames?: readonly string[];
  readonly lifecycle?: Lifecycle;
}

type Definitions = Readonly<Record<string, WrittenSchema>>;
type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads the bundle as it is asked: the index with the first question, a shard with the first schema of it, descriptions with
 * the first hover. Each file is read once. Files that are missing make kinds unknown, nothing worse.
 */
export function createBundle(files: BundleFiles): SchemaBundle {
  const index = once(() => (files.index() ?? { shards: {}, kinds: {} }) as Index);
  const kinds = once(() => readKinds(index(), definitionOf));
  const shards = new Map<string, Shard>();
  const definitionOf = (reference: string): Schema | undefined => {
    const hash = reference.indexOf("#");
    const name = reference.slice(0, hash);
    let shard = shards.get(name);
    if (shard === undefined) {
      shard = new Shard(name, files, definitionOf);
      shards.set(name, shard);
    }
    return shard.definition(reference.slice(hash + 1));
  };
  return {
    find: (apiVersion, kind) => kinds().get(apiVersion)?.().get(kind),
    *kinds() {
      for (const versions of kinds().values()) yield* versions().values();
    },
    document(name) {
      const reference = new Map(Object.entries(index().documents ?? {})).get(name);
      return reference === undefined ? undefined : definitionOf(reference);
    },
  };
}

/** One file of definitions with its descriptions. */
class Shard implements SchemaScope {
  private readonly known = new Map<string, Schema>();
  private readonly definitions: () => ReadonlyMap<string, WrittenSchema>;
  private readonly descriptions: () => ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(
    name: string,
    files: BundleFiles,
    private readonly elsewhere: (reference: string) => Schema | undefined,
  ) {
    this.definitions = once(() => {
      const file = files.structure(name) as { readonly definitions: Definitions } | undefined;
      return new Map(Object.entries(file?.definitions ?? {}));
    });
    this.descriptions = once(() => {
      const file = (files.descriptions(name) ?? {}) as Descriptions;
      return new Map(Object.entries(file).map(([type, texts]) => [type, new Map(Object.entries(texts))]));
    });
  }

  definition(name: string): Schema | undefined {
    if (name.includes("#")) return this.elsewhere(name);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const written = this.definitions().get(name);
    if (written === undefined) return undefined;
    const schema = new LazySchema(written, this, { definition: name, field: "" });
    this.known.set(name, schema);
    return schema;
  }

  description(definition: string, field: string): string | undefined {
    return this.descriptions().get(definition)?.get(field);
  }
}

function readKinds(
  { kinds, shards }: Index,
  definitionOf: (reference: string) => Schema | undefined,
): ReadonlyMap<string, () => ReadonlyMap<string, KnownKind>> {
  const titles = new Map(Object.entries(shards));
  const toKnown = (apiVersion: string, kind: string, entry: KindEntry): KnownKind => {
    const { schema: reference, plural, scope, shortNames, lifecycle } = entry;
    const shard = reference?.slice(0, reference.indexOf("#")) ?? "";
    return {
      apiVersion,
      kind,
      get schema() {
        return reference === undefined ? undefined : definitionOf(reference);
      },
      from: { source: "bundle", title: titles.get(shard)?.title ?? "Kubernetes" },
      plural,
      scope: scope ?? (reference === undefined ? undefined : "Namespaced"),
      shortNames,
      lifecycle,
    };
  };
  return new Map(
    Object.entries(kinds).map(([apiVersion, entries]) => [
      apiVersion,
      once(() => new Map(Object.entries(entries).map(([kind, entry]) => [kind, toKnown(apiVersion, kind, entry)]))),
    ]),
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
