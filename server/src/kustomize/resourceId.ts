/** What kind of object something is, as `apiVersion` and `kind` say. An empty string stands for an absent part. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The identity of an object within a build (upstream: `kyaml/resid`). */
export interface ResourceId extends GroupVersionKind {
  readonly name: string;
  /** As written; empty when the object says none. */
  readonly namespace: string;
  /** The schema in use knows the kind as cluster-scoped. Unknown kinds count as namespaced. */
  readonly clusterScoped: boolean;
}

/** Stands for "no namespace possible" wherever namespaces are compared (upstream's word for it). */
export const NOT_A_NAMESPACE = "_non_namespaceable_";

/** Splits `apps/v1` into group `apps` and version `v1`; `v1` has an empty group. */
export function parseApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf("/");
  return slash < 0
    ? { group: "", version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Writes group and version as `apiVersion` does: `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(gvk: GroupVersionKind): string {
  return gvk.group === "" ? gvk.version : `${gvk.group}/${gvk.version}`;
}

/** The namespace used to compare ids: an absent one is `default`, a cluster-scoped object has {@link NOT_A_NAMESPACE}. */
export function effectiveNamespace(id: ResourceId): string {
  if (id.clusterScoped) return NOT_A_NAMESPACE;
  return id.namespace === "" ? "default" : id.namespace;
}

/** A key that is equal for two ids exactly when Kustomize counts them as the same object. */
export function idKey(id: ResourceId): string {
  return `${id.group}\n${id.version}\n${id.kind}\n${effectiveNamespace(id)}\n${id.name}`;
}

/** A key for group, version, kind and name alone, whatever the namespace. */
export function nameKey(id: ResourceId): string {
  return `${id.group}\n${id.version}\n${id.kind}\n${id.name}`;
}

/** Whether `gvk` is one that `selector` means; an empty part of the selector matches anything. */
export function isSelectedBy(gvk: GroupVersionKind, selector: Partial<GroupVersionKind>): boolean {
  return (
    (!selector.group || selector.group === gvk.group) &&
    (!selector.version || selector.version === gvk.version) &&
    (!selector.kind || selector.kind === gvk.kind)
  );
}

/** `Deployment.v1.apps`, as upstream prints it. */
export function gvkText(gvk: GroupVersionKind): string {
  return `${gvk.kind || "[noKind]"}.${gvk.version || "[noVer]"}.${gvk.group || "[noGrp]"}`;
}

/** `Deployment.v1.apps/web.[noNs]`, as upstream prints it. */
export function idText(id: ResourceId): string {
  return `${gvkText(id)}/${id.name || "[noName]"}.${id.namespace || "[noNs]"}`;
}
