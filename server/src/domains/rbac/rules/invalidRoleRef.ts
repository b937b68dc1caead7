import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { rbacGroup, roleRefOf } from "../../../kubernetes/bindings";
import { didYouMean } from "../../../platform/didYouMean";
import { bindingKinds, rbacObjects } from "../objects";

/** A `roleRef` that can name no role. */
export const invalidRoleRef: Rule = {
  code: "rbac/invalid-role-ref",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind } of rbacObjects(context, bindingKinds)) {
      const roleRef = roleRefOf(node);
      const allowed = kind === "ClusterRoleBinding" ? ["ClusterRole"] : ["Role", "ClusterRole"];
      const { apiGroup, kind: roleKind } = roleRef ?? {};
      if (apiGroup !== undefined && apiGroup.text !== rbacGroup && !isPlaceholder(apiGroup.text)) {
        const message = `Roles are of the API group \`${rbacGroup}\`, not \`${apiGroup.text}\`.`;
        const data = { suggestion: rbacGroup };
        yield { place: apiGroup.origin.place, message, help: `Write \`${rbacGroup}\`.`, data };
      }
      if (roleKind === undefined || allowed.includes(roleKind.text) || isPlaceholder(roleKind.text)) continue;
      const isRole = roleKind.text === "Role";
      const suggestion = isRole ? undefined : didYouMean(roleKind.text, allowed);
      yield {
        place: roleKind.origin.place,
        message: `A ${kind} gives a ${allowed.join(" or ")}, not a ${roleKind.text}.`,
        help: isRole ? "Bind a ClusterRole, or bind the Role with a RoleBinding in its namespace." : undefined,
        data: { suggestion },
      };
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "The `roleRef` of a binding has a kind or API group that no role has.",
    explanation:
      "The API server refuses the binding. A RoleBinding gives a Role of its namespace or a ClusterRole, a ClusterRoleBinding a ClusterRole.",
    bad: `#- binding.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: readers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
- kind: Group
  name: developers
`,
    good: `#- binding.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: readers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
- kind: Group
  name: developers
`,
  },
};
