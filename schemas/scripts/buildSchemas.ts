import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path/posix";
import { promisify } from "node:util";
import { brotliCompress, constants, gunzipSync } from "node:zlib";
import { type Catalog, type KindFacts, makeCatalog, type RemovedApi } from "./catalog";
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

/** Where the bundle goes. */
export interface BuildPlaces extends BundleSources {
  /** The folder in which `schemas/` is written anew, for example `dist`. */
  readonly out: string;
  /** A folder that keeps the bundle as long as its sources are the same. */
  readonly cache: string;
}

/** What was built. */
export interface BuildReport {
  /** False when it was taken from the cache. */
  readonly built: boolean;
  readonly kinds: number;
  /** Bytes of all files as they ship. */
  readonly bytes: number;
  readonly milliseconds: number;
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

/**
 * Writes the schema bundle and its notices into `out/schemas`; copies it from the cache when the sources are the same.
 * @throws SchemaSourceError when the sources do not fit together, for example an overlay whose path is gone upstream
 */
export async function buildSchemas(places: BuildPlaces): Promise<BuildReport> {
  const start = performance.now();
  const fingerprint = fingerprintOf(places.project);
  const kept = join(places.cache, fingerprint);
  const built = !existsSync(kept);
  if (built) await fill(kept, makeBundle(places));
  const folder = join(places.out, "schemas");
  rmSync(folder, { recursive: true, force: true });
  cpSync(kept, folder, { recursive: true });
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as BundleIndex;
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).length);
  return {
    built,
    kinds: Object.values(index.kinds).reduce((sum, kinds) => sum + Object.keys(kinds).length, 0),
    bytes: files.reduce((sum, size) => sum + size, 0),
    milliseconds: Math.round(performance.now() - start),
  };
}

/** Writes a bundle beside its place first: another build may be doing the same, and whoever is done first has it. */
async function fill(kept: string, bundle: Bundle): Promise<void> {
  const cache = dirname(kept);
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(join(cache, "part-"));
  await write(bundle, part);
  for (const old of readdirSync(cache).filter((name) => !name.startsWith("part-") && join(cache, name) !== kept)) {
    rmSync(join(cache, old), { recursive: true, force: true });
  }
  if (existsSync(kept)) rmSync(part, { recursive: true });
  else renameSync(part, kept);
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

/**
 * Describes the fields that every document has where upstream does not. Their `apiVersion` and `kind` are not required: what is
 * a document has them, or it would not be known as one; and a PersistentVolumeClaim in a StatefulSet needs none.
 */
function withCommonFields(shards: Shards): Shards {
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
        const required = type.schema.required?.filter((field) => field !== "apiVersion" && field !== "kind");
        const add = (part: Schema, field: string): Schema =>
          part.description === undefined && type.schema.properties?.[field] === part && texts[field]
            ? { ...part, description: texts[field] }
            : part;
        return [name, { ...type, schema: { ...mapParts(type.schema, add), ...(required && { required }) } }];
      }),
    );
  return new Map([...shards].map(([shard, types]) => [shard, describe(types)]));
}

async function write(bundle: Bundle, folder: string): Promise<void> {
  writeFileSync(join(folder, "index.json"), JSON.stringify(bundle.index));
  writeFileSync(join(folder, "THIRD-PARTY-NOTICES.md"), bundle.notices);
  const texts = [...bundle.shards].flatMap(([shard, { definitions, descriptions }]) => [
    { file: `${shard}.json.br`, text: JSON.stringify({ definitions }) },
    { file: `${shard}.descriptions.json.br`, text: JSON.stringify(descriptions) },
  ]);
  await Promise.all(texts.map(async ({ file, text }) => writeFileSync(join(folder, file), await compress(text))));
}

/** Compressed for the VSIX, which could only deflate: brotli takes a quarter less. The last level would take three times as long. */
function compress(text: string): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return promisify(brotliCompress)(text, { params });
}

/** Changes whenever a file of `schemas/` or the version of a package does. */
function fingerprintOf(project: string): string {
  const hash = createHash("sha256");
  const folder = join(project, "schemas");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.(json|ts)$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  }
  for (const name of [...shardSources.flatMap(({ packages = [] }) => packages), openshiftPackage]) {
    hash.update(readFileSync(join(project, "node_modules", name, "package.json")));
  }
  return hash.digest("hex");
}
