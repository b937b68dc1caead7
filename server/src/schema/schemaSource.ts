import type { Schema } from "./schema";

/** What is known of a kind. */
export interface KnownKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for kinds of which only is known that they are gone. */
  readonly schema?: Schema | undefined;
  /** Who says so, for a hover. */
  readonly from: SchemaOrigin;
  readonly plural?: string | undefined;
  /** Absent when nobody says. */
  readonly scope?: "Cluster" | "Namespaced" | undefined;
  readonly shortNames?: readonly string[] | undefined;
  readonly lifecycle?: Lifecycle | undefined;
}

/** Who says what a kind is, in the order in which they are asked. */
export interface SchemaOrigin {
  readonly source: "workspace" | "cluster" | "folder" | "openapi" | "bundle";
  /** For people, for example `Kubernetes 1.36` or the path of a CustomResourceDefinition. */
  readonly title: string;
}

/** When a version of an API ends, and what takes its place (`schemas/removedApis.json`). */
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
  readonly convert?: string;
  readonly note?: string;
}

/** Something that knows kinds. */
export interface SchemaSource {
  find(apiVersion: string, kind: string): KnownKind | undefined;
  /** All kinds that it knows, without their schemas being read. */
  kinds(): Iterable<KnownKind>;
}

/** Makes a source of kinds that are known already; of two that are the same the first counts. */
export function sourceOf(kinds: Iterable<KnownKind>): SchemaSource {
  const byKind = new Map<string, KnownKind>();
  for (const known of kinds) {
    const key = `${known.apiVersion} ${known.kind}`;
    if (!byKind.has(key)) byKind.set(key, known);
  }
  return { find: (apiVersion, kind) => byKind.get(`${apiVersion} ${kind}`), kinds: () => byKind.values() };
}

/** Asks several sources, the first of which knows best. */
export function firstOf(sources: readonly SchemaSource[]): SchemaSource {
  return {
    find(apiVersion, kind) {
      for (const source of sources) {
        const known = source.find(apiVersion, kind);
        if (known !== undefined) return known;
      }
      return undefined;
    },
    *kinds() {
      const seen = new Set<string>();
      for (const source of sources) {
        for (const known of source.kinds()) {
          const key = `${known.apiVersion} ${known.kind}`;
          if (!seen.has(key)) yield known;
          seen.add(key);
        }
      }
    },
  };
}

/** Knows nothing. */
export const noSchemas: SchemaSource = { find: () => undefined, kinds: () => [] };
