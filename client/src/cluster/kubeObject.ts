/** An object as the API server sends it; what lies below `spec` and `status` is for whoever knows its kind. */
export interface KubeObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  readonly status?: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly creationTimestamp?: string | undefined;
  readonly deletionTimestamp?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly finalizers?: readonly string[] | undefined;
  readonly ownerReferences?:
    | readonly { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string }[]
    | undefined;
}

/** Where the objects of a kind live in the API. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  /** For example `applications`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The path of all objects of a type, or of one: `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/book-dev`. */
export function pathOf({ group, version, plural, namespaced }: ResourceType, namespace = "", name = ""): string {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespaced && namespace !== "" ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}${within}/${plural}${name === "" ? "" : `/${encodeURIComponent(name)}`}`;
}

/** Equal for two states of the same object. */
export function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
