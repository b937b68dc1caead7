import { isFullyKnown } from "../../../analysis/deployedObjects";
import { knownNames } from "../../../analysis/knownNames";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { rbacGroup } from "../../../kubernetes/bindings";
import type { Scalar } from "../../../yaml/node";
import { builtInRoles, isBuiltInNamespacedRole, isBuiltInRole } from "../builtInRoles";
import { type DeployedBinding, deployedBindings, nearName } from "../deployedBindings";
import { bindingSample } from "../samples";

const sample = (role: string): string => `#- rights.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: config-reader
  namespace: web
rules:
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get]
---
${bindingSample({
  name: "web-reads-config",
  namespace: "web",
  role: `Role ${role}`,
  subject: ["kind: Group", "name: web-developers"],
})}`;

/** A binding to a role that nobody defines. */
export const roleNotFound: Rule = {
  code: "rbac/role-not-found",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const binding of deployedBindings(context)) {
      const { kind, name } = binding.roleRef;
      if (kind === undefined || name === undefined || isPlaceholder(name.text)) continue;
      if (!isFullyKnown(context, binding)) continue;
      const hit =
        kind.text === "Role" && binding.kind === "RoleBinding" ? checkRole(context, binding, name) : undefined;
      const found = kind.text === "ClusterRole" ? checkClusterRole(context, name) : hit;
      if (found !== undefined) yield found;
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "A binding names a role that is nowhere in the workspace and not built in.",
    explanation:
      "The API server takes such a binding, and it gives nothing until the role exists. A warning where the name is close to one that exists, or is that of a role of another kind; for information otherwise, since an operator may make it.",
    bad: sample("config-raeder"),
    good: sample("config-reader"),
  },
};

function checkRole(context: WorkspaceContext, { namespace }: DeployedBinding, name: Scalar): Hit | undefined {
  const roles = knownNames(context, rbacGroup, "Role");
  if (roles.has(name.text, namespace) || isBuiltInNamespacedRole(name.text, namespace)) return undefined;
  const place = name.origin.place;
  const elsewhere = [...(roles.namespacesOf.get(name.text) ?? [])].filter((each) => each !== undefined);
  if (elsewhere.length > 0 && namespace !== undefined) {
    const message = `The Role \`${name.text}\` is in \`${elsewhere.join("`, `")}\`, not in the namespace of the binding, \`${namespace}\`.`;
    return { place, message, help: "A RoleBinding gives a Role of its own namespace, or a ClusterRole." };
  }
  const around = roles.namesIn(namespace);
  const suggestion = nearName(name.text, around);
  const isClusterRole = knownNames(context, rbacGroup, "ClusterRole").has(name.text) || isBuiltInRole(name.text);
  const where = namespace === undefined ? "" : ` in the namespace \`${namespace}\``;
  return {
    place,
    message: `No Role${where} is called \`${name.text}\`${isClusterRole ? "; there is a ClusterRole of that name" : ""}.`,
    help: suggestion === undefined ? undefined : `Write \`${suggestion}\`.`,
    severity: suggestion !== undefined || isClusterRole ? undefined : "information",
    data: { suggestion },
  };
}

function checkClusterRole(context: WorkspaceContext, name: Scalar): Hit | undefined {
  const roles = knownNames(context, rbacGroup, "ClusterRole");
  if (isBuiltInRole(name.text) || roles.has(name.text)) return undefined;
  const suggestion = nearName(name.text, [...builtInRoles, ...roles.namespacesOf.keys()]);
  return {
    place: name.origin.place,
    message: `No ClusterRole called \`${name.text}\` is in the workspace, and it is not built in.`,
    help: suggestion === undefined ? "It has to exist in the cluster." : `Write \`${suggestion}\`.`,
    severity: suggestion === undefined ? "information" : undefined,
    data: { suggestion },
  };
}
