import type { ClusterKind, GroupVersionSchemas } from "../../../server/src/protocol/observe";
import { ApiError } from "./apiError";
import type { Connection } from "./connection";

/** Where a cluster describes one group-version; the hash says which description that is. */
export interface SchemaAddress {
  readonly path: string;
  readonly hash: string;
}

/** How long a description may be, as text: what is longer is left out. */
const largest = 8_000_000;

/** How long a server may take to put a description together, in milliseconds. */
const patience = 30_000;

/** Which group-versions a cluster describes, by apiVersion. Throws an `ApiError`; for example when the person may not read `/openapi/v3`. */
export async function readSchemaIndex(
  connection: Connection,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, SchemaAddress>> {
  const { paths } = await connection.get<{ readonly paths?: unknown }>({ path: "/openapi/v3", signal });
  const found = new Map<string, SchemaAddress>();
  for (const [name, entry] of fieldsOf(paths)) {
    const apiVersion = /^(?:api|apis\/[^/]+)\/[^/]+$/.test(name) ? name.replace(/^apis?\//, "") : undefined;
    const path = memberOf(entry, "serverRelativeURL");
    // Only on the same server: what follows would be sent the person's token.
    if (apiVersion === undefined || typeof path !== "string" || !path.startsWith("/openapi/v3/")) continue;
    found.set(apiVersion, { path, hash: /[?&]hash=([^&]+)/.exec(path)?.[1] ?? "" });
  }
  return found;
}

/** What a cluster says of the kinds of a group-version, and the hash of that. */
export interface ReadSchemas {
  readonly hash: string;
  /** Absent when they are too long. */
  readonly schemas?: GroupVersionSchemas | undefined;
}

/**
 * Reads what a cluster says of the kinds of a group-version. Throws an `ApiError`. When the description changed since the address was read,
 * the server names another one, and that is read.
 */
export async function readSchemas(
  connection: Connection,
  apiVersion: string,
  address: SchemaAddress,
  signal?: AbortSignal,
): Promise<ReadSchemas> {
  const read = async ({ path, hash }: SchemaAddress): Promise<ReadSchemas> => {
    const schemas = toSchemas(apiVersion, await connection.get<unknown>({ path, signal, timeout: patience }));
    return JSON.stringify(schemas).length > largest ? { hash } : { hash, schemas };
  };
  try {
    return await read(address);
  } catch (error) {
    const hasMoved = error instanceof ApiError && error.details.status === 301;
    const now = hasMoved ? (await readSchemaIndex(connection, signal)).get(apiVersion) : undefined;
    if (now === undefined) throw error;
    return await read(now);
  }
}

/** What of an OpenAPI v3 document is about the kinds of one group-version: them, and the definitions that they refer to. */
function toSchemas(apiVersion: string, document: unknown): GroupVersionSchemas {
  const all = new Map(fieldsOf(memberOf(memberOf(document, "components"), "schemas")));
  const kinds = kindsOf(apiVersion, document, all);
  const definitions = new Map<string, unknown>();
  const queue = kinds.map(({ definition }) => definition);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = all.get(name);
    if (definition === undefined || definitions.has(name)) continue;
    definitions.set(name, definition);
    queue.push(...referencesIn(definition));
  }
  return { apiVersion, kinds, definitions: Object.fromEntries(definitions) };
}

/** A kind that people may write is one whose objects can be listed or created. */
function kindsOf(apiVersion: string, document: unknown, all: ReadonlyMap<string, unknown>): readonly ClusterKind[] {
  const definitionOf = new Map<string, string>();
  for (const [name, definition] of all) {
    for (const kind of kindsNamed(apiVersion, memberOf(definition, groupVersionKind))) {
      if (!definitionOf.has(kind)) definitionOf.set(kind, name);
    }
  }
  const found = new Map<string, ClusterKind>();
  for (const [path, methods] of fieldsOf(memberOf(document, "paths"))) {
    const plural = /\/([a-z0-9.-]+)$/.exec(path)?.[1];
    if (plural === undefined || path.includes("{name}")) continue;
    for (const [, method] of fieldsOf(methods)) {
      const action = memberOf(method, "x-kubernetes-action");
      if (action !== "list" && action !== "post") continue;
      for (const kind of kindsNamed(apiVersion, memberOf(method, groupVersionKind))) {
        const definition = definitionOf.get(kind);
        const namespaced = path.includes("/namespaces/{namespace}/") || found.get(kind)?.namespaced === true;
        if (definition !== undefined) found.set(kind, { kind, definition, plural, namespaced });
      }
    }
  }
  return [...found.values()];
}

const groupVersionKind = "x-kubernetes-group-version-kind";

/** The kinds of a group-version among those that a definition, or a method, is marked with. */
function kindsNamed(apiVersion: string, marked: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(marked) ? marked : [marked];
  return list.flatMap((each) => {
    const [group, version, kind] = ["group", "version", "kind"].map((name) => memberOf(each, name));
    if (typeof version !== "string" || typeof kind !== "string") return [];
    const own = typeof group === "string" && group !== "" ? `${group}/${version}` : version;
    return own === apiVersion ? [kind] : [];
  });
}

/** The names of the definitions that one refers to. */
function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return fieldsOf(value).flatMap(([key, each]) =>
    key === "$ref" && typeof each === "string" ? [each.slice(each.lastIndexOf("/") + 1)] : referencesIn(each),
  );
}

function fieldsOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
