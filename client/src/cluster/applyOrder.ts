import { parseApiVersion } from "./discovery";
import type { KubeObject, ResourceType } from "./kubeObject";

/** A CustomResourceDefinition, as far as we look at it. */
interface Definition extends KubeObject {
  readonly spec: {
    readonly group?: string | undefined;
    readonly scope?: string | undefined;
    readonly names?: { readonly kind?: string | undefined; readonly plural?: string | undefined } | undefined;
    readonly versions?: readonly { readonly name?: string | undefined }[] | undefined;
  };
}

/** Whether an object is the namespace for others. */
export function isNamespace({ apiVersion, kind }: KubeObject): boolean {
  return kind === "Namespace" && apiVersion === "v1";
}

/** Whether an object defines a kind for others. */
export function isDefinition({ apiVersion = "", kind }: KubeObject): boolean {
  return kind === "CustomResourceDefinition" && apiVersion.startsWith("apiextensions.k8s.io/");
}

/** What others need comes first: namespaces, then definitions of kinds; the order of the build stays otherwise. */
export function inApplyOrder<T>(items: readonly T[], objectOf: (item: T) => KubeObject): readonly T[] {
  const rank = (item: T): number => {
    const object = objectOf(item);
    return isNamespace(object) ? 0 : isDefinition(object) ? 1 : 2;
  };
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/** Where the objects of a kind will live that one of `objects` defines; `undefined` when none does. */
export function findDefinedType(
  objects: readonly KubeObject[],
  { apiVersion = "", kind }: KubeObject,
): ResourceType | undefined {
  const { group, version } = parseApiVersion(apiVersion);
  for (const object of objects) {
    const { spec } = object as Definition;
    if (!isDefinition(object) || spec?.group !== group || spec.names?.kind !== kind) continue;
    if (!spec.versions?.some(({ name }) => name === version) || spec.names?.plural === undefined) continue;
    return { group, version, plural: spec.names.plural, namespaced: spec.scope !== "Cluster" };
  }
  return undefined;
}
