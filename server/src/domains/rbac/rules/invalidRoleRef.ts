import type { Hit, Rule } from "../../../analysis/rule";
import { roleRefOf } from "../../../kubernetes/bindings";
import { rbacObjects } from "../objects";
import { bindingSample } from "../samples";

const sample = (role: string): string =>
  `#- binding.yaml\n${bindingSample({ name: "readers", role, subject: ["kind: Group", "name: developers"] })}`;

/** A Role for the whole cluster. */
export const invalidRoleRef: Rule = {
  code: "rbac/invalid-role-ref",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, ["ClusterRoleBinding"])) {
      const kind = roleRefOf(node)?.kind;
      // The schema knows which kinds there are; not which of them counts here.
      if (kind?.text !== "Role") continue;
      const message = "A ClusterRoleBinding gives a ClusterRole, not a Role.";
      const help = "Bind a ClusterRole, or bind the Role with a RoleBinding in its namespace.";
      yield { place: kind.origin.place, message, help };
    }
  },
  docs: {
    summary: "A ClusterRoleBinding gives a Role.",
    explanation:
      "The API server refuses the binding: a Role counts in its own namespace only. A RoleBinding gives a Role of its namespace or a ClusterRole, a ClusterRoleBinding a ClusterRole.",
    bad: sample("Role reader"),
    good: sample("ClusterRole view"),
  },
};
