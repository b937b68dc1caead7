import type { Kind } from "./schema";
import { SchemaSourceError } from "./schema";
import type { Shards } from "./shards";

/** `schemas/kinds.json`: what discovery would say, by group (`core` for the group without a name). */
export interface KindFacts {
  /** Kinds that live in no namespace. */
  readonly cluster: Readonly<Record<string, readonly string[]>>;
  /** Plurals that do not follow the rule. */
  readonly plurals: Readonly<Record<string, string>>;
  readonly shortNames: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** An entry of `schemas/removedApis.json`: versions that are deprecated or gone. */
export interface RemovedApi extends Lifecycle {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
}

/** When an API version ends, and what takes its place. */
export interface Lifecycle {
  /** Whose versions these are: Kubernetes' when absent. */
  readonly product?: "tekton" | "triggers" | "openshift";
  readonly deprecated: string;
  readonly removed?: string;
  /** The apiVersion to use. With neither `requires`, `leaves` nor `convert`, changing it is all there is to do. */
  readonly use?: string;
  /** Fields that the new version demands. */
  readonly requires?: readonly string[];
  /** Fields that the new version does not have. */
  readonly leaves?: readonly string[];
  /** The conversion that the object needs: `structural` when there is none by rule. */
  readonly convert?: "ingress" | "tekton" | "structural";
  readonly note?: string;
}

/** What the index says of a kind. */
export interface KindEntry {
  /** Where its schema is, `shard#definition`. Absent for kinds that are only known to be gone. */
  readonly schema?: string;
  readonly plural: string;
  /** Absent for kinds that live in a namespace. */
  readonly scope?: "Cluster";
  readonly shortNames?: readonly string[];
  readonly lifecycle?: Lifecycle;
}

/** Kinds by apiVersion and kind. */
export type Catalog = Readonly<Record<string, Readonly<Record<string, KindEntry>>>>;

/**
 * Every kind of the bundle, and those that are gone, in the order of the shards.
 * @throws SchemaSourceError when a table names a kind that nothing knows, or when two shards have the same kind
 */
export function makeCatalog(shards: Shards, facts: KindFacts, removed: readonly RemovedApi[]): Catalog {
  const lifecycles = lifecyclesOf(removed);
  const entries = new Map<string, Record<string, KindEntry>>();
  const known = new Set<string>();
  const add = (kind: Kind, schema: string | undefined): void => {
    const group = groupOf(kind.apiVersion);
    const versions = entries.get(kind.apiVersion) ?? {};
    if (versions[kind.kind] !== undefined)
      throw new SchemaSourceError(schema ?? "", "another shard has that kind, too");
    const shortNames = facts.shortNames[group]?.[kind.kind];
    const lifecycle = lifecycles.get(`${kind.apiVersion}/${kind.kind}`);
    versions[kind.kind] = {
      ...(schema && { schema }),
      plural: facts.plurals[kind.kind] ?? pluralOf(kind.kind),
      ...(facts.cluster[group]?.includes(kind.kind) && { scope: "Cluster" }),
      ...(shortNames && { shortNames }),
      ...(lifecycle && { lifecycle }),
    };
    entries.set(kind.apiVersion, versions);
    known.add(`${group}/${kind.kind}`);
  };
  for (const [shard, types] of shards) {
    for (const [name, { kind }] of types) if (kind !== undefined) add(kind, `${shard}#${name}`);
  }
  for (const { apiVersion, kinds } of removed) {
    for (const kind of kinds) if (entries.get(apiVersion)?.[kind] === undefined) add({ apiVersion, kind }, undefined);
  }
  checkFacts(facts, known);
  return Object.fromEntries(entries);
}

function lifecyclesOf(removed: readonly RemovedApi[]): Map<string, Lifecycle> {
  const all = new Map<string, Lifecycle>();
  for (const { apiVersion, kinds, ...lifecycle } of removed) {
    for (const kind of kinds) all.set(`${apiVersion}/${kind}`, lifecycle);
  }
  return all;
}

function checkFacts(facts: KindFacts, known: ReadonlySet<string>): void {
  const named = [
    ...Object.entries(facts.cluster).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)),
    ...Object.entries(facts.shortNames).flatMap(([group, kinds]) =>
      Object.keys(kinds).map((kind) => `${group}/${kind}`),
    ),
  ];
  const stray = named.filter((name) => !known.has(name));
  if (stray.length > 0) throw new SchemaSourceError("kinds.json", `no shard has ${stray.join(", ")} any more`);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "core";
}

/** The plural in which an API server writes a kind: `ingresses`, `networkpolicies`, `gateways`. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`;
}
