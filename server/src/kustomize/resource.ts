import { getValue, type Mapping, type Node } from "../yaml/node";
import { effectiveNamespace, idKey, parseApiVersion, type ResourceId } from "./resourceId";

/**
 * One object on its way through a build: its current value, and what Kustomize remembers about it. (Upstream keeps the same
 * facts in internal annotations of the object itself.) Immutable: a step that changes anything makes a new `Resource`.
 */
export interface Resource extends BuildState {
  readonly node: Mapping;
  /** The id that `node` says now. */
  readonly id: ResourceId;
  /** Equal for two resources exactly when Kustomize counts them as the same object. */
  readonly key: string;
}

/** What a build remembers about an object besides its value. */
export interface BuildState {
  /** The ids the object has had before, oldest first; empty while no step has renamed or moved it. */
  readonly previousIds: readonly PreviousId[];
  /** The prefixes and suffixes given by the layers so far, innermost first. */
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** What a generated object does to one of the same name. */
  readonly behavior: Behavior;
  /** Made by a generator. */
  readonly generated: boolean;
  /** A hash of the content is put behind the name at the end. */
  readonly needsHash: boolean;
  /** The output of a helm chart keeps its namespaces. */
  readonly fromHelm: boolean;
  /** Names of the `vars` that read from this object. */
  readonly variables: readonly string[];
  /** For `buildMetadata`: where the object came from; absent while nobody asked. */
  readonly buildOrigin?: BuildOrigin | undefined;
  /** For `buildMetadata`: the transformers that ran over it. */
  readonly transformations: readonly BuildOrigin[];
}

/** A former id; group and version are always the current ones. `namespace` is the effective one. */
export interface PreviousId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export type Behavior = "unspecified" | "create" | "replace" | "merge";

/** What `buildMetadata: [originAnnotations]` prints about an object or a transformer. */
export interface BuildOrigin {
  readonly path?: string | undefined;
  readonly repo?: string | undefined;
  readonly ref?: string | undefined;
  readonly configuredIn?: string | undefined;
  readonly configuredBy?:
    | {
        readonly apiVersion?: string | undefined;
        readonly kind?: string | undefined;
        readonly name?: string | undefined;
        readonly namespace?: string | undefined;
      }
    | undefined;
}

/** Whether the schema in use knows the kind as cluster-scoped. */
export type ScopeLookUp = (apiVersion: string, kind: string) => boolean;

/** The state of an object that nothing has happened to yet. */
export const freshState: BuildState = {
  previousIds: [],
  prefixes: [],
  suffixes: [],
  behavior: "unspecified",
  generated: false,
  needsHash: false,
  fromHelm: false,
  variables: [],
  transformations: [],
};

/** Makes a resource of an object, with `state` or the state of an object nothing has happened to. */
export function makeResource(node: Mapping, isClusterScoped: ScopeLookUp, state: BuildState = freshState): Resource {
  const id = idOf(node, isClusterScoped);
  return { ...state, node, id, key: idKey(id) };
}

/** The id that an object says; absent fields give empty strings. Scalars of any type count by their text. */
export function idOf(node: Mapping, isClusterScoped: ScopeLookUp): ResourceId {
  const apiVersion = scalarText(getValue(node, "apiVersion"));
  const kind = scalarText(getValue(node, "kind"));
  const metadata = getValue(node, "metadata");
  const { group, version } = parseApiVersion(apiVersion);
  return {
    group,
    version,
    kind,
    name: scalarText(getValue(metadata, "name")),
    namespace: scalarText(getValue(metadata, "namespace")),
    clusterScoped: isClusterScoped(apiVersion, kind),
  };
}

/** The resource with another value; the same resource when the value is the same. */
export function withNode(resource: Resource, node: Mapping, isClusterScoped: ScopeLookUp): Resource {
  if (node === resource.node) return resource;
  if (hasSameIdentity(node, resource.node)) return { ...resource, node };
  const id = idOf(node, isClusterScoped);
  return { ...resource, node, id, key: idKey(id) };
}

/** The resource as another schema sees it; the same resource when that changes nothing. */
export function withScope(resource: Resource, isClusterScoped: ScopeLookUp): Resource {
  const id = idOf(resource.node, isClusterScoped);
  return id.clusterScoped === resource.id.clusterScoped ? resource : { ...resource, id, key: idKey(id) };
}

/** Whether the fields that make up an id are the same nodes; most changes leave them alone. */
function hasSameIdentity(a: Mapping, b: Mapping): boolean {
  if (getValue(a, "kind") !== getValue(b, "kind") || getValue(a, "apiVersion") !== getValue(b, "apiVersion"))
    return false;
  const [metadata, other] = [getValue(a, "metadata"), getValue(b, "metadata")];
  if (metadata === other) return true;
  return (
    getValue(metadata, "name") === getValue(other, "name") &&
    getValue(metadata, "namespace") === getValue(other, "namespace")
  );
}

/** The resource that remembers its current id as a former one. Done before each step that may rename or move it. */
export function rememberId(resource: Resource): Resource {
  const { kind, name } = resource.id;
  const former: PreviousId = { kind, name, namespace: effectiveNamespace(resource.id) };
  return { ...resource, previousIds: [...resource.previousIds, former] };
}

/** The former ids as full ids. Their namespace is the effective one, so they need no scope. */
export function previousIdsOf(resource: Resource): readonly ResourceId[] {
  const { group, version } = resource.id;
  return resource.previousIds.map((former) => ({ group, version, clusterScoped: false, ...former }));
}

/** The id the object had first. */
export function originalId(resource: Resource): ResourceId {
  const first = resource.previousIds[0];
  if (first === undefined) return resource.id;
  const { group, version } = resource.id;
  return { group, version, clusterScoped: false, ...first };
}

function scalarText(node: Node | undefined): string {
  return node?.kind === "scalar" && node.tag !== "null" ? node.text : "";
}
