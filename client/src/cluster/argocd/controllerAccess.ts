import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import { type KubeObject, pathOf, type ResourceType } from "../kubeObject";

/** RoleBindings, in the API. */
export const roleBindings: ResourceType = {
  group: "rbac.authorization.k8s.io",
  version: "v1",
  plural: "rolebindings",
  namespaced: true,
};

/** A RoleBinding, as far as we read it. */
export interface RoleBinding extends KubeObject {
  readonly roleRef?: { readonly kind?: string | undefined; readonly name?: string | undefined } | undefined;
  readonly subjects?:
    | readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[]
    | undefined;
}

/** Whether two bindings give the same role to the same subjects, or the first to more. */
export function givesAtLeast(has: RoleBinding, wanted: RoleBinding): boolean {
  const isSameRole = has.roleRef?.kind === wanted.roleRef?.kind && has.roleRef?.name === wanted.roleRef?.name;
  const isIn = (subject: NonNullable<RoleBinding["subjects"]>[number]): boolean =>
    has.subjects?.some(
      (each) => each.kind === subject.kind && each.name === subject.name && each.namespace === subject.namespace,
    ) === true;
  return isSameRole && (wanted.subjects ?? []).every(isIn);
}

/** The binding of the same name that a cluster has; `undefined` when there is none, or nobody lets us look. */
export async function findRoleBinding(
  connection: Connection,
  { metadata }: RoleBinding,
  signal?: AbortSignal,
): Promise<RoleBinding | undefined> {
  try {
    const path = pathOf(roleBindings, metadata.namespace, metadata.name);
    return await connection.get<RoleBinding>({ path, signal });
  } catch (error) {
    if (error instanceof ApiError && (error.kind === "notFound" || error.kind === "forbidden")) return undefined;
    throw error;
  }
}
