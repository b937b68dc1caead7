import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { gunzipSync } from "node:zlib";
import { type Catalog, type KindFacts, makeCatalog, type RemovedApi } from "./catalog";
import { withCommonFields } from "./commonFields";
import { withDeprecations } from "./deprecations";
import { withFormerVersions } from "./formerVersions";
import { applyOverlay, joinSchemaFiles, type Overlay, readSchemaFile, type SchemaFile } from "./handWritten";
import { applyMergeKeys, type MergeKeys } from "./mergeKeys";
import { schemaNotices } from "./notices";
import { readPackages } from "./packages";
import { mapParts, type Schema, SchemaSourceError, type Types } from "./schema";
import { type Shard, type Shards, splitReference, splitShard, withoutUnreached } from "./shards";
import { openshiftKinds, openshiftPackage, type ShardSource, shardSources } from "./sources";
import { readSwagger, type Swagger } from "./swagger";

/** What the bundle is made of. */
export interface BundleSources {
  /** The folder of the project, with `schemas/` and `node_modules/`. */
  readonly project: string;
  /** Stands for a file of `schemas/` in tests. */
  readonly read?: (file: string) => string | undefined;
}

/** `dist/schemas/index.json`: what the server reads at its start. */
export interface BundleIndex {
  readonly kubernetes: string;
  readonly shards: Readonly<Record<string, { readonly title: string; readonly packages?: readonly string[] }>>;
  readonly kinds: Catalog;
  /** `shard#definition` of documents without a kind, by what they are called. */
  readonly documents: Readonly<Record<string, string>>;
}

/** The whole bundle before it is written. */
export interface Bundle {
  readonly index: BundleIndex;
  readonly shards: ReadonlyMap<string, Shard>;
  readonly notices: string;
}

/** Reads every source and puts the bundle together, in memory. */
export function makeBundle({ project, read = () => undefined }: BundleSources): Bundle {
  const modules = join(project, "node_modules");
  const parse = <T>(file: string): T =>
    JSON.parse(read(file) ?? readFileSync(join(project, "schemas", file), "utf8")) as T;
  const packages = shardSources
    .flatMap(({ packages: names = [] }) => names)
    .filter((name, i, all) => all.indexOf(name) === i);
  const located = packages.map((name) => ({ name, folder: join(modules, name) }));
  const shards = assign(readPackages(located));
  for (const { shard, files = [], overlays = [], swagger } of shardSources) {
    let types = swagger ? openshiftTypes(modules, shards) : (shards.get(shard) ?? new Map());
    const own = joinSchemaFiles(files.map((file) => parse<SchemaFile>(file)));
    types = new Map([...types, ...readSchemaFile(own, files.join(", "))]);
    for (const file of overlays) types = applyOverlay(types, parse<Overlay>(file), file);
    shards.set(shard, types);
  }
  const { apis } = parse<{ apis: readonly RemovedApi[] }>("removedApis.json");
  const merged = applyMergeKeys(shards, parse<MergeKeys>("mergeKeys.json"), "mergeKeys.json");
  const complete = withoutUnreached(withCommonFields(withFormerVersions(merged, apis)));
  const sources = [...located, { name: openshiftPackage, folder: join(modules, openshiftPackage) }];
  return {
    index: {
      kubernetes: "1.36",
      shards: Object.fromEntries(shardSources.map((source) => [source.shard, describeShard(source, modules)])),
      kinds: makeCatalog(complete, parse<KindFacts>("kinds.json"), apis),
      documents: documentsOf(complete),
    },
    shards: new Map([...complete].map(([shard, types]) => [shard, splitShard(withDeprecations(types))])),
    notices: schemaNotices(sources),
  };
}

function documentsOf(shards: Shards): Record<string, string> {
  const all = [...shards].flatMap(([shard, types]) =>
    [...types].map(([name, { document }]) => ({ shard, name, document })),
  );
  return Object.fromEntries(
    all.flatMap(({ shard, name, document }) => (document ? [[document, `${shard}#${name}`]] : [])),
  );
}

function describeShard({ title, packages, swagger }: ShardSource, modules: string): BundleIndex["shards"][string] {
  const names = swagger ? [openshiftPackage] : packages;
  const version = (name: string): string =>
    (JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")) as { version: string }).version;
  return { title, ...(names && { packages: names.map((name) => `${name} ${version(name)}`) }) };
}

function openshiftTypes(modules: string, shards: Shards): Types {
  const file = join(modules, openshiftPackage, "lib/specs/openshift-openapi-spec.json.gz");
  const swagger = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Swagger;
  return readSwagger(swagger, openshiftKinds, shards.get("kubernetes") ?? new Map(), openshiftPackage);
}

/** Puts the types of packages into their shards, and makes the references say so. */
function assign(packages: ReadonlyMap<string, Types>): Shards {
  const shardOf = new Map<string, string>();
  const shards: Shards = new Map(shardSources.map(({ shard }) => [shard, new Map()]));
  for (const { shard, packages: names = [], holds = () => true } of shardSources) {
    for (const name of names) {
      for (const path of packages.get(name)?.keys() ?? []) if (holds(path)) shardOf.set(`${name}#${path}`, shard);
    }
  }
  for (const [reference, shard] of shardOf) {
    const { shard: name, name: path } = splitReference(reference, "");
    const type = packages.get(name)?.get(path);
    const types = shards.get(shard);
    if (type === undefined || types === undefined) continue;
    if (types.has(path)) throw new SchemaSourceError(name, `two packages have a type ${path}`);
    const move = (schema: Schema): Schema =>
      mapParts(schema.$ref === undefined ? schema : moved(schema, schema.$ref), move);
    const moved = (schema: Schema, $ref: string): Schema => {
      const target = shardOf.get($ref) ?? shard;
      const local = splitReference($ref, shard).name;
      return { ...schema, $ref: target === shard ? local : `${target}#${local}` };
    };
    types.set(path, { ...type, schema: move(type.schema) });
  }
  return shards;
}
