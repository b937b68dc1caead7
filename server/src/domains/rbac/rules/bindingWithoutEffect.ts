import type { DeployedObject } from "../../../analysis/deployedObjects";
import { deployedObjects } from "../../../analysis/deployedObjects";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { clusterResources } from "../../../kubernetes/apiResources";
import { rbacGroup } from "../../../kubernetes/bindings";
import { getValue } from "../../../yaml/node";
import { type DeployedBinding, deployedBindings, renderedBeside } from "../deployedBindings";
import { rulesOf } from "../objects";
import { bindingSample } from "../samples";

const sample = (namespace: string | undefined): string => `#- rights.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: node-reader
rules:
- apiGroups: [""]
  resources: [nodes]
  verbs: [get, list]
---
${bindingSample({
  name: "monitoring-reads-nodes",
  namespace,
  role: "ClusterRole node-reader",
  subject: ["kind: ServiceAccount", "name: default", "namespace: monitoring"],
})}`;

/** A binding that gives nobody anything. */
export const bindingWithoutEffect: Rule = {
  code: "rbac/binding-without-effect",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const binding of deployedBindings(context)) {
      const hit = withoutSubjects(binding) ?? withoutRights(context, binding);
      if (hit !== undefined) yield hit;
    }
  },
  docs: {
    summary: "A binding names nobody, or gives rights in a namespace that count only in the whole cluster.",
    explanation:
      "A RoleBinding gives what lies in its namespace. A ClusterRole about nodes, persistent volumes or URLs gives nothing in one; it needs a ClusterRoleBinding.",
    bad: sample("monitoring"),
    good: sample(undefined),
  },
};

/** Someone may be added by hand, so this is not sure to be a mistake. */
function withoutSubjects({ node, name }: DeployedBinding): Hit | undefined {
  const subjects = getValue(node, "subjects");
  const isEmpty =
    subjects === undefined || (subjects.kind === "sequence" ? subjects.items.length === 0 : subjects.kind === "scalar");
  if (!isEmpty) return undefined;
  const place = name.origin.place;
  return { place, message: "The binding names nobody.", help: "Add `subjects`.", severity: "information" };
}

function withoutRights(context: WorkspaceContext, binding: DeployedBinding): Hit | undefined {
  const { kind, roleRef } = binding;
  if (kind !== "RoleBinding" || roleRef.kind?.text !== "ClusterRole" || roleRef.name === undefined) return undefined;
  const wanted = roleRef.name.text;
  const beside = renderedBeside(context, binding, rbacGroup, "ClusterRole").filter(({ id }) => id.name === wanted);
  const roles: readonly Pick<DeployedObject, "node">[] =
    beside.length > 0 ? beside : (rolesByName(context).get(wanted) ?? []);
  if (roles.length === 0 || !roles.every(({ node }) => isOfCluster(node))) return undefined;
  return {
    place: roleRef.name.origin.place,
    message: `All that \`${wanted}\` allows lies in no namespace, so a RoleBinding to it gives nothing.`,
    help: "Bind it with a ClusterRoleBinding.",
  };
}

const rolesOf = new WeakMap<WorkspaceContext, ReadonlyMap<string, readonly DeployedObject[]>>();

function rolesByName(context: WorkspaceContext): ReadonlyMap<string, readonly DeployedObject[]> {
  let roles = rolesOf.get(context);
  if (roles === undefined) {
    const byName = new Map<string, DeployedObject[]>();
    for (const role of deployedObjects(context, rbacGroup, "ClusterRole")) {
      const name = getValue(getValue(role.node, "metadata"), "name");
      if (name?.kind === "scalar") byName.set(name.text, [...(byName.get(name.text) ?? []), role]);
    }
    roles = byName;
    rolesOf.set(context, roles);
  }
  return roles;
}

/** Whether a role has rules, and none of them is about something in a namespace. */
function isOfCluster(role: DeployedObject["node"]): boolean {
  if (getValue(role, "aggregationRule") !== undefined) return false;
  const rules = rulesOf(role);
  return (
    rules.length > 0 &&
    rules.every(
      ({ resources, nonResourceUrls }) =>
        nonResourceUrls.length > 0 ||
        (resources.length > 0 && resources.every(({ text }) => clusterResources.has(text.split("/")[0] ?? ""))),
    )
  );
}
