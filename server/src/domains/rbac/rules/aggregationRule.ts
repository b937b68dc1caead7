import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, getValue } from "../../../yaml/node";
import { rbacObjects, rulesOf } from "../objects";

/** A ClusterRole that others fill, with rules of its own or without a way to be filled. */
export const aggregationRule: Rule = {
  code: "rbac/aggregation-rule",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, ["ClusterRole"])) {
      const aggregation = node.entries.find(({ key }) => key.text === "aggregationRule");
      if (aggregation === undefined || aggregation.value.kind !== "mapping") continue;
      const selectors = getValue(aggregation.value, "clusterRoleSelectors");
      if (selectors?.kind === "sequence" && selectors.items.length === 0) {
        const message = "The aggregation selects no roles, so the API server refuses it.";
        const help = "Give `clusterRoleSelectors` with labels.";
        yield { place: aggregation.key.origin.place, message, help, severity: "error" };
      } else if (rulesOf(node).length > 0) {
        const message =
          "Rules beside an `aggregationRule` do not last: a controller writes those of the selected roles in their place.";
        const help = "Put them into a ClusterRole with a label that is selected.";
        yield { place: getIn(node, ["rules"])?.origin.place ?? aggregation.key.origin.place, message, help };
      }
    }
  },
  docs: {
    summary: "A ClusterRole with an `aggregationRule` has rules of its own, or selects no roles.",
    explanation:
      "Its rules are those of all ClusterRoles that the selectors match; whatever stands in `rules` is overwritten. Without selectors the API server refuses it.",
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: monitoring
aggregationRule:
  clusterRoleSelectors:
  - matchLabels:
      example.com/aggregate-to-monitoring: "true"
rules:
- apiGroups: [""]
  resources: [services]
  verbs: [get]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: monitoring
aggregationRule:
  clusterRoleSelectors:
  - matchLabels:
      example.com/aggregate-to-monitoring: "true"
rules: []
`,
  },
};
