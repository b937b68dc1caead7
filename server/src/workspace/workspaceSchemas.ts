import type { SchemaBundle } from "../schema/bundle";
import { openApiKinds } from "../schema/openApi";
import { firstOf, type KnownKind, noSchemas, type SchemaSource, sourceOf } from "../schema/schemaSource";
import { createSchemas, type Schemas } from "../schema/schemas";
import type { FileFacts } from "./facts";
import type { Snapshot } from "./snapshot";

/** Sources of schemas that do not lie in the workspace. */
export interface OuterSchemas {
  readonly bundle?: SchemaBundle | undefined;
  readonly cluster?: SchemaSource | undefined;
  /** The folder of the settings. */
  readonly folder?: SchemaSource | undefined;
}

/** Finds the schemas of snapshots: the same object as long as nothing that matters changed. */
export interface SchemaFinder {
  of(snapshot: Snapshot, outer: OuterSchemas): Schemas;
}

/** Makes a finder without memories. */
export function createSchemaFinder(): SchemaFinder {
  let last: { readonly key: readonly unknown[]; readonly schemas: Schemas } | undefined;
  return {
    of(snapshot, outer) {
      const definers: FileFacts[] = [];
      for (const path of snapshot.yamlFiles()) {
        const facts = snapshot.facts(path);
        if (facts.kinds !== undefined) definers.push(facts);
      }
      const openApi = findOpenApi(snapshot);
      const key = [...definers, ...(openApi === undefined ? [] : openApi.key), ...Object.values(outer)];
      if (last?.key.length === key.length && key.every((each, i) => each === last?.key[i])) return last.schemas;
      const kinds = function* (): Iterable<KnownKind> {
        for (const facts of definers) yield* facts.kinds ?? [];
      };
      const schemas = createSchemas({ ...outer, workspace: sourceOf(kinds()), openApiOf: openApi?.of });
      last = { key, schemas };
      return schemas;
    },
  };
}

/** The OpenAPI files that kustomizations name; they count for every file that such a kustomization reads. */
function findOpenApi(
  snapshot: Snapshot,
): { readonly key: readonly unknown[]; readonly of: (path: string) => SchemaSource } | undefined {
  const targetOf = new Map<string, string>();
  for (const { root, references } of snapshot.graph.kustomizations) {
    const target = references.find(({ field }) => field === "openapi")?.target;
    if (target !== undefined && snapshot.file(target) !== undefined) targetOf.set(root, target);
  }
  if (targetOf.size === 0) return undefined;
  const sources = new Map<string, SchemaSource>();
  const sourceAt = (target: string): SchemaSource => {
    let source = sources.get(target);
    if (source === undefined) {
      const from = { source: "openapi" as const, title: target };
      source = sourceOf(snapshot.documents(target).flatMap(({ root }) => openApiKinds(root, from)));
      sources.set(target, source);
    }
    return source;
  };
  const of = (path: string): SchemaSource => {
    const targets = snapshot.graph.reachedFrom(path).flatMap(({ root }) => targetOf.get(root) ?? []);
    return targets.length === 0 ? noSchemas : firstOf([...new Set(targets)].map(sourceAt));
  };
  return { key: [snapshot.graph, ...[...targetOf.values()].map((target) => snapshot.file(target))], of };
}
