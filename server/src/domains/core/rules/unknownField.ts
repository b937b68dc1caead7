import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { schemaRule } from "./schemaRule";

/** A field that the schema of the kind does not have. */
export const unknownField: Rule = schemaRule({
  name: "unknown-field",
  violation: "unknown-field",
  docs: {
    summary: "An object has a field that its kind does not have.",
    explanation:
      "It is misspelt, or stands too deep or not deep enough. The API server drops the field or refuses the object; what was meant does not happen.",
    bad: "#- service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  port:\n  - port: 80\n",
    good: "#- service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n",
  },
  fix: useSuggestion,
});
