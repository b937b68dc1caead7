import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, textOf } from "../../../yaml/node";
import { rbacObjects, roleKinds } from "../objects";

/** A label that should add a role to another, and does not. */
export const aggregationLabel: Rule = {
  code: "rbac/aggregation-label",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind } of rbacObjects(context, roleKinds)) {
      const labels = getIn(node, ["metadata", "labels"]);
      for (const { key, value } of labels?.kind === "mapping" ? labels.entries : []) {
        if (!key.text.startsWith(prefix)) continue;
        const target = key.text.slice(prefix.length);
        const place = key.origin.place;
        const meant = targets.includes(target) ? undefined : didYouMean(target, targets);
        if (kind === "Role") {
          yield { place, message: "Only ClusterRoles are added to others: on a Role this label does nothing." };
        } else if (meant !== undefined) {
          const suggestion = prefix + meant;
          const message = `No role is made of roles with the label \`${key.text}\`.`;
          yield { place, message, help: `Write \`${suggestion}\`.`, data: { suggestion } };
        } else if (!["true", "false"].includes(textOf(value) ?? "true")) {
          const message = `Only the value \`"true"\` adds the role to \`${target}\`.`;
          yield { place: value.origin.place, message, data: { suggestion: '"true"' } };
        }
      }
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "A label that should add a ClusterRole to `admin`, `edit` or `view` does not.",
    explanation:
      'The built-in roles take in every ClusterRole with the label `rbac.authorization.k8s.io/aggregate-to-admin: "true"`, and so on. It has to be a ClusterRole, and the label spelt so.',
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: book-editor
  labels:
    rbac.authorization.k8s.io/aggregate-to-edti: "true"
rules: []
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: book-editor
  labels:
    rbac.authorization.k8s.io/aggregate-to-edit: "true"
rules: []
`,
  },
};

const prefix = "rbac.authorization.k8s.io/aggregate-to-";

/** Built-in roles that are made of others; the last two are those of OpenShift. */
const targets: readonly string[] = ["admin", "edit", "view", "cluster-reader", "storage-admin"];
