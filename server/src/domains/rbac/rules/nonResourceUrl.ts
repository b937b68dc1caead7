import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { rbacObjects, roleKinds, rulesOf } from "../objects";

/** URLs that are no resources, where no rule may name them. */
export const nonResourceUrl: Rule = {
  code: "rbac/non-resource-url",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind } of rbacObjects(context, roleKinds)) {
      for (const rule of rulesOf(node)) {
        const urls = rule.node.entries.find(({ key }) => key.text === "nonResourceURLs");
        if (urls === undefined || rule.nonResourceUrls.length === 0) continue;
        const place = urls.key.origin.place;
        const beside = ["apiGroups", "resources", "resourceNames"].find((field) =>
          isFilled(getValue(rule.node, field)),
        );
        if (kind === "Role") {
          const message = "A Role counts in one namespace, and URLs that are no resources lie in none.";
          yield { place, message, help: "Move the rule into a ClusterRole." };
        } else if (beside !== undefined) {
          const message = `A rule names either \`nonResourceURLs\` or \`${beside}\`, not both.`;
          yield { place, message, help: "Make two rules of it." };
        }
      }
    }
  },
  docs: {
    summary: "`nonResourceURLs` stands in a Role, or beside resources.",
    explanation: "The API server refuses both. Such URLs belong into a rule of their own in a ClusterRole.",
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: prober
rules:
- nonResourceURLs: [/healthz]
  verbs: [get]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: prober
rules:
- nonResourceURLs: [/healthz]
  verbs: [get]
`,
  },
};

function isFilled(value: ReturnType<typeof getValue>): boolean {
  return value?.kind === "sequence" && value.items.length > 0;
}
