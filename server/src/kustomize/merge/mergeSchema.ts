import { clusterScoped, typeOfKinds } from "../data/kinds";
import { type MergeField, mergeTypes } from "../data/mergeTypes";

/** What a merge needs to know about one type of value. */
export interface TypeSchema {
  /**
   * Of a list: the keys by which its elements are merged, none for a set of scalars. `undefined` when the list is replaced
   * as a whole, and of anything that is no list.
   */
  readonly mergeKeys: readonly string[] | undefined;
  /** The type of a field; `undefined` when the type says nothing about it. */
  field(name: string): TypeSchema | undefined;
  /** The type of a list's elements. */
  elements(): TypeSchema | undefined;
}

/** What is known about kinds: the OpenAPI document that a build uses. */
export interface MergeSchema {
  typeOfKind(apiVersion: string, kind: string): TypeSchema | undefined;
  /** The type of a definition, for example `io.k8s.api.core.v1.PodTemplateSpec`, where other definitions may refer to it. */
  typeOfDefinition(name: string): TypeSchema | undefined;
  /** Surely without a namespace; `false` for kinds that are not known. */
  isClusterScoped(apiVersion: string, kind: string): boolean;
}

/** A type that is known and has nothing to merge by, and so for all below it. */
const plainType: TypeSchema = { mergeKeys: undefined, field: () => plainType, elements: () => plainType };

const schemasMade = new Map<"builtin", MergeSchema>();

/** The schema of Kubernetes 1.21.2, which Kustomize 5.8.1 uses unless the kustomization names another. */
export function builtinSchema(): MergeSchema {
  const known = schemasMade.get("builtin");
  if (known !== undefined) return known;
  const schema = makeBuiltin();
  schemasMade.set("builtin", schema);
  return schema;
}

function makeBuiltin(): MergeSchema {
  const types = new Map<string, TypeSchema>();
  for (const [name, row] of Object.entries(mergeTypes)) types.set(name, typeOfRow(row, types));
  const kinds = new Map<string, TypeSchema>();
  for (const [name, versions] of Object.entries(typeOfKinds)) {
    const type = types.get(name);
    if (type !== undefined) for (const key of keysOf(versions)) kinds.set(key, type);
  }
  const withoutNamespace = new Set(keysOf(clusterScoped));
  return {
    typeOfKind: (apiVersion, kind) => {
      const known = kinds.get(`${apiVersion} ${kind}`);
      if (known !== undefined || !kind.endsWith("List")) return known;
      const item = kinds.get(`${apiVersion} ${kind.slice(0, -4)}`);
      return item === undefined ? undefined : listKind(item);
    },
    typeOfDefinition: (name) =>
      /^io\.k8s\.api(machinery)?\./.test(name) ? types.get(name.slice(name.lastIndexOf(".") + 1)) : undefined,
    isClusterScoped: (apiVersion, kind) => withoutNamespace.has(`${apiVersion} ${kind}`),
  };
}

type Types = ReadonlyMap<string, TypeSchema>;

/** Rows name each other, so `types` is complete only when fields are asked for. */
function typeOfRow(row: Readonly<Record<string, MergeField>>, types: Types): TypeSchema {
  const fields = new Map(Object.entries(row));
  const made = new Map<string, TypeSchema>();
  return {
    mergeKeys: undefined,
    elements: () => undefined,
    field: (name) => {
      const field = fields.get(name);
      if (field === undefined) return plainType;
      const known = made.get(name) ?? typeOfField(field, types);
      made.set(name, known);
      return known;
    },
  };
}

function typeOfField(field: MergeField, types: Types): TypeSchema {
  const type = (field.of === undefined ? undefined : types.get(field.of)) ?? plainType;
  return field.list ? { mergeKeys: field.keys, field: () => undefined, elements: () => type } : type;
}

/** `DeploymentList` and the like: `items` of the kind, never merged by key. */
function listKind(item: TypeSchema): TypeSchema {
  const items: TypeSchema = { mergeKeys: undefined, field: () => undefined, elements: () => item };
  return { mergeKeys: undefined, elements: () => undefined, field: (name) => (name === "items" ? items : plainType) };
}

/** `apps/v1 Deployment` and so on. */
function keysOf(versions: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(versions).flatMap(([apiVersion, kinds]) => kinds.map((kind) => `${apiVersion} ${kind}`));
}
