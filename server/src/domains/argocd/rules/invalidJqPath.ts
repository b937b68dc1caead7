import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { findJqMistake } from "../../../argocd/jqPath";
import { getValue } from "../../../yaml/node";
import { applicationsOf, itemsOf } from "../applications";
import { ignoringSample } from "../samples";

/** A path for jq that jq cannot read. */
export const invalidJqPath: Rule = {
  code: "argocd/invalid-jq-path",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const item of itemsOf(getValue(application.spec, "ignoreDifferences"))) {
        for (const expression of itemsOf(getValue(item, "jqPathExpressions"))) {
          if (expression.kind !== "scalar" || isPlaceholder(expression.text)) continue;
          const mistake = findJqMistake(expression.text);
          if (mistake === undefined) continue;
          const message = `Argo CD cannot read the path: ${mistake}.`;
          yield {
            place: expression.origin.place,
            message,
            help: "Write a path like `.spec.template.spec.containers[].image`.",
          };
        }
      }
    }
  },
  docs: {
    summary: "An item of `jqPathExpressions` is no expression of jq.",
    explanation: "Argo CD cannot compare the Application at all then, and reports `ComparisonError`.",
    bad: ignoringSample("jqPathExpressions", "'.spec.containers[0.image'"),
    good: ignoringSample("jqPathExpressions", "'.spec.containers[0].image'"),
  },
};
