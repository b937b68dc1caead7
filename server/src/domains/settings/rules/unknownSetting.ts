import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Schema } from "../../../schema/schema";
import { findMistakes, isUnknownRule } from "../violations";

/** A key of `.gitops-author.yaml` that means nothing. */
export function unknownSetting(schema: () => Schema): Rule {
  return {
    code: "schema/unknown-setting",
    severity: "warning",
    scope: "document",
    *check(context) {
      for (const mistake of findMistakes(context, schema())) {
        if (mistake.kind !== "unknown-field" || isUnknownRule(mistake)) continue;
        const { place, message, help, suggestion } = mistake;
        yield { place, message, help, data: { suggestion } };
      }
    },
    docs: {
      summary: "The settings file `.gitops-author.yaml` has a key that means nothing.",
      explanation: "It is misspelt, or stands at the wrong depth; what was meant does not happen.",
      bad: "#- .gitops-author.yaml\nexcludes:\n- charts/**\n",
      good: "#- .gitops-author.yaml\nexclude:\n- charts/**\n",
    },
    fix: useSuggestion,
  };
}
