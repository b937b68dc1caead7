import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { schemaRule } from "./schemaRule";

/** A value that is not among those that its field takes. */
export const unknownValue: Rule = schemaRule({
  name: "unknown-value",
  violation: "unknown-value",
  docs: {
    summary: "A value is not one of those that its field takes.",
    explanation: "Letter case counts. The API server refuses the object.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: clusterIP\n  ports:\n  - port: 80\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: ClusterIP\n  ports:\n  - port: 80\n",
  },
  fix: useSuggestion,
});
