import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { type PolicyRule, rbacObjects, roleKinds, rulesOf } from "../objects";

/** A rule of a role that does not say what it allows. */
export const incompleteRule: Rule = {
  code: "rbac/incomplete-rule",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, roleKinds)) {
      for (const rule of rulesOf(node)) {
        const lacks = missingIn(rule);
        if (lacks === undefined) continue;
        yield {
          place: firstKey(rule),
          message: `The rule names no ${lacks.what}.`,
          help: lacks.help,
          severity: context.deployed === "changed" ? "warning" : undefined,
        };
      }
    }
  },
  docs: {
    summary: "A rule of a role lacks its verbs, API groups or resources.",
    explanation:
      'The API server refuses the role. A rule names verbs, and either API groups with resources or `nonResourceURLs`; the core group is written `""`.',
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
- resources: [pods]
  verbs: [get]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get]
`,
  },
};

interface Lack {
  readonly what: string;
  readonly help: string;
}

/** `ValidatePolicyRule` of kubernetes `pkg/apis/rbac/validation`. What is still being typed, or absent and known to the schema, is not counted. */
function missingIn({ node, verbs, apiGroups, resources }: PolicyRule): Lack | undefined {
  if (isEmptyList(getValue(node, "verbs")) && verbs.length === 0) {
    return { what: "verbs", help: "List what it allows, for example `verbs: [get, list, watch]`." };
  }
  if (getValue(node, "nonResourceURLs") !== undefined || getValue(node, "verbs")?.kind !== "sequence") return undefined;
  if (apiGroups.length === 0 && isSettled(getValue(node, "apiGroups"))) {
    return { what: "API groups", help: 'Add `apiGroups`; the group of Pods and Services is written `""`.' };
  }
  if (resources.length === 0 && isSettled(getValue(node, "resources"))) {
    return { what: "resources", help: "List the plural names of the kinds, for example `resources: [pods]`." };
  }
  return undefined;
}

type Value = ReturnType<typeof getValue>;

function isEmptyList(value: Value): boolean {
  return value?.kind === "sequence" && value.items.length === 0;
}

/** Absent, or an empty list; `apiGroups:` alone may go on in the next moment. */
function isSettled(value: Value): boolean {
  return value === undefined || isEmptyList(value);
}

function firstKey({ node }: PolicyRule): Hit["place"] {
  return node.entries[0]?.key.origin.place ?? node.origin.place;
}
