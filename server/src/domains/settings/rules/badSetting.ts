import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Schema } from "../../../schema/schema";
import { findMistakes } from "../violations";

/** A value in `.gitops-author.yaml` that cannot be used. */
export function badSetting(schema: () => Schema): Rule {
  return {
    code: "schema/bad-setting",
    severity: "warning",
    scope: "document",
    *check(context) {
      for (const { kind, place, message, help, suggestion } of findMistakes(context, schema())) {
        if (kind === "unknown-field") continue;
        yield { place, message, help, data: { suggestion } };
      }
    },
    docs: {
      summary: "A value in the settings file `.gitops-author.yaml` cannot be used.",
      explanation:
        "A severity is one of `off`, `hint`, `information`, `warning` and `error`; a version is written `1.33`; globs know `*`, `?` and `**` and are relative to the file; a controller is written `namespace:name`. Anything else is passed over.",
      bad: "#- .gitops-author.yaml\nrules:\n  schema/unknown-field: warn\n",
      good: "#- .gitops-author.yaml\nrules:\n  schema/unknown-field: warning\n",
    },
    fix: useSuggestion,
  };
}
