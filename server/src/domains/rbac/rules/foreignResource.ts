import type { Finding, Fix } from "../../../analysis/finding";
import { isPlaceholder } from "../../../analysis/placeholders";
import { documentOf, fixOf } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { apiResources, groupsOf, pluralOf } from "../../../kubernetes/apiResources";
import { appendItem } from "../../../yaml/edit";
import { getIn, type Scalar } from "../../../yaml/node";
import { isUnfinished, type PolicyRule, rbacObjects, roleKinds, rulesOf } from "../objects";

/** A resource that is in none of the API groups of its rule. */
export const foreignResource: Rule = {
  code: "rbac/resource-not-in-group",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, roleKinds)) {
      for (const rule of rulesOf(node)) {
        // Of other groups we do not know all resources.
        if (isUnfinished(rule) || rule.apiGroups.some(({ text }) => !apiResources.has(text))) continue;
        for (const resource of rule.apiGroups.length === 0 ? [] : rule.resources) {
          const hit = mistakeIn(resource, rule);
          if (hit !== undefined) yield hit;
        }
      }
    }
  },
  fix: repair,
  docs: {
    summary: "A rule of a role names a resource that none of its API groups has.",
    explanation:
      'The API server takes it, and it allows nothing. Resources are written in the plural and in lower case, and each belongs to a group: `pods` to `""`, `deployments` to `apps`.',
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
rules:
- apiGroups: [""]
  resources: [deployments]
  verbs: [get, patch]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
rules:
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, patch]
`,
  },
};

function mistakeIn({ text, origin: { place } }: Scalar, { apiGroups, resources, index }: PolicyRule): Hit | undefined {
  const [name = "", ...rest] = text.split("/");
  if (name.includes("*") || isPlaceholder(text)) return undefined;
  const isIn = (resource: string): boolean =>
    apiGroups.some(({ text: group }) => apiResources.get(group)?.has(resource));
  if (isIn(name)) return undefined;
  const plural = pluralOf(name);
  if (plural !== undefined && isIn(plural)) {
    const suggestion = [plural, ...rest].join("/");
    const message = `There is no resource \`${text}\`: their names are in the plural and in lower case.`;
    return { place, message, help: `Write \`${suggestion}\`.`, data: { suggestion } };
  }
  const [home] = groupsOf(name);
  if (home === undefined) return undefined;
  const groups = apiGroups.map(({ text: group }) => `\`${nameOf(group)}\``).join(" and ");
  const only = apiGroups.length === 1 && resources.length === 1;
  return {
    place,
    message: `\`${text}\` is no resource of the API group ${groups}, so the rule does not allow it.`,
    help: `It belongs to the group \`${nameOf(home)}\`.`,
    data: { home, index, only },
  };
}

function nameOf(group: string): string {
  return group === "" ? '""' : group;
}

function repair(finding: Finding, context: FixContext): readonly Fix[] {
  const { suggestion, home, index, only } = finding.data ?? {};
  if (typeof suggestion === "string") {
    return [
      { title: `Change to '${suggestion}'`, edits: [{ place: finding.place, text: suggestion }], preferred: true },
    ];
  }
  const document = documentOf(finding, context);
  if (document === undefined || typeof home !== "string" || typeof index !== "number") return [];
  const first = getIn(document.root, ["rules", index, "apiGroups", 0]);
  if (only === true && first !== undefined) {
    const text = nameOf(home);
    return [{ title: `Use the API group '${home}'`, edits: [{ place: first.origin.place, text }], preferred: true }];
  }
  return fixOf(`Add the API group '${home}'`, document.file, appendItem(document, ["rules", index, "apiGroups"], home));
}
