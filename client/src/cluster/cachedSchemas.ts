import type { ClusterKind, GroupVersionSchemas } from "../../../server/src/protocol/observe";
import type { ClusterContext } from "./kubeconfig";

/** Texts kept from one start to the next. */
export interface SchemaStore {
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
}

/** Grows when what is kept changes its form: what an older version kept is fetched again. */
const format = 1;

/** What a context said of its schemas the last time: the hash of each group-version, by apiVersion. */
export async function rememberedHashes(
  store: SchemaStore,
  context: ClusterContext,
): Promise<ReadonlyMap<string, string>> {
  const kept = parse(await store.read(hashesKey(context)));
  const hashes: readonly unknown[] = Array.isArray(kept) ? kept : [];
  return new Map(hashes.filter(isPair));
}

/** Keeps the hashes that a context has now. */
export async function rememberHashes(
  store: SchemaStore,
  context: ClusterContext,
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  await store.write(hashesKey(context), JSON.stringify([...hashes]));
}

/** The schemas of a group-version under a hash, when they were kept. */
export async function keptSchemas(
  store: SchemaStore,
  context: ClusterContext,
  { apiVersion, hash }: KeptVersion,
): Promise<GroupVersionSchemas | undefined> {
  const kept = parse(await store.read(schemasKey(context, { apiVersion, hash })));
  return isSchemas(kept) && kept.apiVersion === apiVersion ? kept : undefined;
}

/** Keeps the schemas of a group-version; of one without a hash nobody would know whether it still holds. */
export async function keepSchemas(
  store: SchemaStore,
  context: ClusterContext,
  { schemas, hash }: { readonly schemas: GroupVersionSchemas; readonly hash: string },
): Promise<void> {
  if (hash === "") return;
  const { apiVersion } = schemas;
  await store.write(schemasKey(context, { apiVersion, hash }), JSON.stringify(schemas));
}

/** A group-version as a cluster described it at some time. */
export interface KeptVersion {
  readonly apiVersion: string;
  readonly hash: string;
}

/** By server and not only by hash: one cluster must not say what another one's schemas are. */
function schemasKey({ server }: ClusterContext, { apiVersion, hash }: KeptVersion): string {
  return JSON.stringify([format, "schemas", server, apiVersion, hash]);
}

function hashesKey({ name, server }: ClusterContext): string {
  return JSON.stringify([format, "hashes", name, server]);
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "string");
}

function isSchemas(value: unknown): value is GroupVersionSchemas {
  const { apiVersion, kinds, definitions } = (value ?? {}) as Partial<Record<keyof GroupVersionSchemas, unknown>>;
  return typeof apiVersion === "string" && Array.isArray(kinds) && kinds.every(isKind) && isMapping(definitions);
}

function isKind(value: unknown): value is ClusterKind {
  const { kind, plural, definition } = (value ?? {}) as Partial<Record<keyof ClusterKind, unknown>>;
  return [kind, plural, definition].every((each) => typeof each === "string");
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
