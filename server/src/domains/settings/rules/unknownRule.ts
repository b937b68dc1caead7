import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Schema } from "../../../schema/schema";
import { findMistakes, isUnknownRule } from "../violations";

/** A code in `.gitops-author.yaml` that is that of no rule. */
export function unknownRule(schema: () => Schema): Rule {
  return {
    code: "schema/unknown-rule",
    severity: "warning",
    scope: "document",
    *check(context) {
      for (const mistake of findMistakes(context, schema())) {
        if (!isUnknownRule(mistake)) continue;
        const { place, path, suggestion } = mistake;
        const message = `There is no rule \`${path.at(-1)}\`.`;
        const help = suggestion === undefined ? "Remove it, or correct its code." : `Did you mean \`${suggestion}\`?`;
        yield { place, message, help, data: { suggestion } };
      }
    },
    docs: {
      summary: "The settings file `.gitops-author.yaml` sets the severity of a rule that does not exist.",
      explanation: "The code is misspelt, or the rule was renamed; the rule that was meant keeps its severity.",
      bad: "#- .gitops-author.yaml\nrules:\n  kustomization/deprecated-fields: off\n",
      good: "#- .gitops-author.yaml\nrules:\n  kustomization/deprecated-field: off\n",
    },
    fix: useSuggestion,
  };
}
