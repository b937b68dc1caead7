import type { Hit, Rule } from "../../../analysis/rule";
import { includesText, rbacObjects, roleKinds, rulesOf } from "../objects";

/** `resourceNames` on verbs whose requests have no name. */
export const createByName: Rule = {
  code: "rbac/create-by-name",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, roleKinds)) {
      for (const { verbs, resources, resourceNames } of rulesOf(node)) {
        if (resourceNames.length === 0 || includesText(resourceNames, "*")) continue;
        // The requests of sub-resources such as `pods/exec` do have a name.
        if (resources.length === 0 || resources.some(({ text }) => text.includes("/") || text === "*")) continue;
        const verb = verbs.find(({ text }) => text === "create" || text === "deletecollection");
        if (verb === undefined) continue;
        const message = `\`${verb.text}\` beside \`resourceNames\` allows nothing: such a request has no name.`;
        const help = `Give \`${verb.text}\` in a rule without \`resourceNames\`, or remove it.`;
        yield { place: verb.origin.place, message, help };
      }
    }
  },
  docs: {
    summary: "A rule allows `create` or `deletecollection` for certain names.",
    explanation:
      "When an object is created its name is not known yet to those who check the rights, so the rule does not match. Only server-side apply, which creates by patching, gets through.",
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: elector
rules:
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [leader]
  verbs: [get, create, update]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: elector
rules:
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [leader]
  verbs: [get, update]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
`,
  },
};
