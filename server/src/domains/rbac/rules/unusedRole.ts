import { deployedObjects, isFullyKnown } from "../../../analysis/deployedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { rbacGroup } from "../../../kubernetes/bindings";
import { getIn, textOf } from "../../../yaml/node";
import { deployedBindings } from "../deployedBindings";
import { readerBinding, readerRole } from "../samples";

/** A Role that nobody has. */
export const unusedRole: Rule = {
  code: "rbac/unused-role",
  severity: "hint",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const { symbols } = context.snapshot;
    const bound = new Set(
      deployedBindings(context).flatMap(({ roleRef, namespace }) =>
        roleRef.kind?.text === "Role"
          ? [`${namespace ?? anywhere}\n${roleRef.name?.text}`, `\n${roleRef.name?.text}`]
          : [],
      ),
    );
    for (const role of deployedObjects(context, rbacGroup, "Role")) {
      const name = getIn(role.node, ["metadata", "name"]);
      const text = textOf(name);
      if (name === undefined || text === undefined || !isFullyKnown(context, role)) continue;
      const namespace = textOf(getIn(role.node, ["metadata", "namespace"])) || undefined;
      if (bound.has(`${namespace ?? ""}\n${text}`) || bound.has(`${anywhere}\n${text}`)) continue;
      const object = { group: rbacGroup, kind: "Role", name: text, namespace };
      if (symbols.mentionsOf({ object }).length > 0) continue;
      const message = "No binding in the workspace gives this Role to anybody.";
      yield { place: name.origin.place, message, help: "Bind it with a RoleBinding, or remove it." };
    }
  },
  docs: {
    summary: "No binding of the workspace names a Role.",
    explanation: "It gives nobody anything, unless something outside of the workspace binds it.",
    bad: `#- role.yaml\n${readerRole}`,
    good: `#- role.yaml\n${readerRole}---\n${readerBinding("web")}`,
  },
};

/** Stands for the namespace of a binding that none is written for. */
const anywhere = "*";
