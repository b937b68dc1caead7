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
  /** `disk` is the same object as long as no file that is not open changed: then only open ones are looked at again. */
  of(snapshot: Snapshot, outer: OuterSchemas, disk: object): Schemas;
}

/** Makes a finder without memories. */
export function createSchemaFinder(): SchemaFinder {
  let closed: { readonly disk: object; readonly folders: readonly string[]; readonly definers: Definers } | undefined;
  let openApiGraph: unknown;
  let openApiTargets: ReadonlyMap<string, string> = new Map();
  let last: { readonly key: readonly unknown[]; readonly schemas: Schemas } | undefined;
  return {
    of(snapshot, outer, disk) {
      if (closed?.disk !== disk || closed.folders !== snapshot.folders) {
        closed = { disk, folders: snapshot.folders, definers: findDefiners(snapshot, snapshot.yamlFiles()) };
      }
      const byPath = new Map(closed.definers);
      for (const path of snapshot.openFiles()) byPath.delete(path);
      for (const [path, facts] of findDefiners(snapshot, snapshot.openFiles())) byPath.set(path, facts);
      const definers = inOrder(byPath);
      if (openApiGraph !== snapshot.graph) {
        openApiGraph = snapshot.graph;
        openApiTargets = findOpenApiTargets(snapshot);
      }
      const openApi = openApiOf(snapshot, openApiTargets);
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

/** Facts of files that define kinds, by path. */
type Definers = ReadonlyMap<string, FileFacts>;

/** By path, so that of several files that define a kind the same one counts always, whichever was read or opened first. */
function inOrder(definers: Definers): readonly FileFacts[] {
  return [...definers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, facts]) => facts);
}

function findDefiners(snapshot: Snapshot, paths: Iterable<string>): Definers {
  const definers = new Map<string, FileFacts>();
  for (const path of paths) {
    const facts = snapshot.facts(path);
    if (facts.kinds !== undefined) definers.set(path, facts);
  }
  return definers;
}

/** The OpenAPI file that each kustomization names, by root. */
function findOpenApiTargets(snapshot: Snapshot): ReadonlyMap<string, string> {
  const targetOf = new Map<string, string>();
  for (const { root, references } of snapshot.graph.kustomizations) {
    const target = references.find(({ field }) => field === "openapi")?.target;
    if (target !== undefined) targetOf.set(root, target);
  }
  return targetOf;
}

/** What OpenAPI files know; each counts for every file that its kustomization reads. */
function openApiOf(
  snapshot: Snapshot,
  targetOf: ReadonlyMap<string, string>,
): { readonly key: readonly unknown[]; readonly of: (path: string) => SchemaSource } | undefined {
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
