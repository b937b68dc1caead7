import type { NameReference } from "../../analysis/nameReference";
import { rbacGroup } from "../../kubernetes/bindings";

/** The fields of bindings that name other objects. */
export const references: readonly NameReference[] = [
  {
    from: { group: rbacGroup, kinds: ["RoleBinding"] },
    path: ["roleRef", "name"],
    to: { group: rbacGroup, kind: "Role" },
    namespace: "same",
    when: { kind: ["Role"], apiGroup: ["", rbacGroup] },
  },
  {
    from: { group: rbacGroup, kinds: ["RoleBinding", "ClusterRoleBinding"] },
    path: ["roleRef", "name"],
    to: { group: rbacGroup, kind: "ClusterRole" },
    namespace: "none",
    when: { kind: ["ClusterRole"], apiGroup: ["", rbacGroup] },
  },
  {
    from: { group: rbacGroup, kinds: ["RoleBinding", "ClusterRoleBinding"] },
    path: ["subjects", "*", "name"],
    to: { group: "", kind: "ServiceAccount" },
    namespace: { field: "namespace" },
    when: { kind: ["ServiceAccount"] },
  },
];
