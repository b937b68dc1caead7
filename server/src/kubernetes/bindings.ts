import { getValue, type Mapping, type Node, type Scalar } from "../yaml/node";

/** The API group of roles and bindings. */
export const rbacGroup = "rbac.authorization.k8s.io";

/** Whom a binding gives rights. */
export interface Subject {
  readonly node: Mapping;
  readonly kind: Scalar | undefined;
  readonly name: Scalar | undefined;
  readonly namespace: Scalar | undefined;
  readonly apiGroup: Scalar | undefined;
}

/** The role that a binding gives. */
export interface RoleRef {
  readonly kind: Scalar | undefined;
  readonly name: Scalar | undefined;
  readonly apiGroup: Scalar | undefined;
}

/** The subjects of a binding. */
export function subjectsOf(binding: Node): readonly Subject[] {
  const subjects = getValue(binding, "subjects");
  if (subjects?.kind !== "sequence") return [];
  return subjects.items.flatMap((node) => {
    if (node.kind !== "mapping") return [];
    const at = (field: string): Scalar | undefined => filled(getValue(node, field));
    return [{ node, kind: at("kind"), name: at("name"), namespace: at("namespace"), apiGroup: at("apiGroup") }];
  });
}

/** What a binding says about its role. */
export function roleRefOf(binding: Node): RoleRef | undefined {
  const node = getValue(binding, "roleRef");
  if (node?.kind !== "mapping") return undefined;
  const at = (field: string): Scalar | undefined => filled(getValue(node, field));
  return { kind: at("kind"), name: at("name"), apiGroup: at("apiGroup") };
}

/** Whether a subject is, or includes, a ServiceAccount; `home` is the namespace of the binding. */
export function meansAccount(
  { kind, name, namespace }: Subject,
  account: { readonly namespace: string; readonly name: string },
  home: string | undefined,
): boolean {
  switch (kind?.text) {
    case "ServiceAccount":
      return name?.text === account.name && (namespace?.text ?? home) === account.namespace;
    case "User":
      return name?.text === `system:serviceaccount:${account.namespace}:${account.name}`;
    case "Group":
      return ["system:serviceaccounts", `system:serviceaccounts:${account.namespace}`, "system:authenticated"].includes(
        name?.text ?? "",
      );
    default:
      return false;
  }
}

/** A value that is not empty. */
function filled(node: Node | undefined): Scalar | undefined {
  return node?.kind === "scalar" && node.tag !== "null" && node.text !== "" ? node : undefined;
}
