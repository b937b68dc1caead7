import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { getValue } from "../../../yaml/node";
import { applicationsOf, itemsOf } from "../applications";
import { ignoringSample } from "../samples";

/** A JSON pointer that does not begin with a slash: Argo CD finds nothing there, and says so in a log for debugging only. */
export const invalidJsonPointer: Rule = {
  code: "argocd/invalid-json-pointer",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const item of itemsOf(getValue(application.spec, "ignoreDifferences"))) {
        for (const pointer of itemsOf(getValue(item, "jsonPointers"))) {
          if (pointer.kind !== "scalar" || pointer.tag !== "str" || isPlaceholder(pointer.text)) continue;
          if (pointer.text === "" || pointer.text.startsWith("/")) continue;
          const isPath = /^\.?[\w~-]+(?:[./][\w~-]+)*$/.test(pointer.text);
          const slashed = pointer.text.replace(/^\./, "");
          const suggestion = isPath ? `/${slashed.includes("/") ? slashed : slashed.replaceAll(".", "/")}` : undefined;
          yield {
            place: pointer.origin.place,
            message: `\`${pointer.text}\` is no JSON pointer, so no difference is ignored.`,
            help: suggestion === undefined ? "Begin it with `/`." : `Write \`${suggestion}\`.`,
            data: { suggestion },
          };
        }
      }
    }
  },
  docs: {
    summary: "An item of `jsonPointers` does not begin with `/`.",
    explanation:
      "A JSON pointer is the way from the root of the object to a field, with a `/` before each step; a `/` in a key is written `~1`. Argo CD finds nothing at any other, and ignores no difference.",
    bad: ignoringSample("jsonPointers", "spec/replicas"),
    good: ignoringSample("jsonPointers", "/spec/replicas"),
  },
  fix: useSuggestion,
};
