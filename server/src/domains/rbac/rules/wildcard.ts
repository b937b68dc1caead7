import type { Hit, Rule } from "../../../analysis/rule";
import { includesText, rbacObjects, roleKinds, rulesOf } from "../objects";

/** A rule that allows more than it can name. */
export const wildcard: Rule = {
  code: "rbac/wildcard",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind } of rbacObjects(context, roleKinds)) {
      for (const { verbs, apiGroups, resources } of rulesOf(node)) {
        const star = [resources, apiGroups, verbs].flatMap((texts) => texts.find(({ text }) => text === "*") ?? []);
        const widest = star[0];
        if (widest === undefined) continue;
        const isEverything = star.length === 3;
        // Operators do that with their own kinds.
        const isVerbOnly = star.length === 1 && includesText(verbs, "*");
        yield {
          place: widest.origin.place,
          message: isEverything
            ? `The rule allows everything${kind === "Role" ? " in its namespace" : ""}.`
            : `The rule allows ${describe(verbs, apiGroups, resources)}, those included that come later.`,
          help: "Name what is needed.",
          severity: isEverything ? "warning" : isVerbOnly ? "hint" : undefined,
        };
      }
    }
  },
  docs: {
    summary: "A rule of a role has a `*` among its verbs, API groups or resources.",
    explanation:
      "It also allows what is installed or invented later. A warning where verbs, groups and resources are all `*`, a hint for every verb on named resources, which operators need for their own kinds, and for information otherwise.",
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: operator
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs: ["*"]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: operator
rules:
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, update]
`,
  },
};

type Texts = Parameters<typeof includesText>[0];

function describe(verbs: Texts, apiGroups: Texts, resources: Texts): string {
  const wide = [
    ...(includesText(verbs, "*") ? ["every verb"] : []),
    ...(includesText(resources, "*") ? ["every resource"] : []),
    ...(includesText(apiGroups, "*") ? ["every API group"] : []),
  ];
  return wide.join(" and ");
}
