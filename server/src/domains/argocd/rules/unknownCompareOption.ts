import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { valuesOf } from "../annotations";
import { compareOptions } from "../vocabulary";
import { unknownWords, wordHit } from "../words";

/** An option for comparing that Argo CD does not have. */
export const unknownCompareOption: Rule = {
  code: "argocd/unknown-compare-option",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { entry } of valuesOf(context, "argocd.argoproj.io/compare-options")) {
      if (entry.value.kind !== "scalar" || entry.value.tag !== "str") continue;
      for (const word of unknownWords(entry.value, compareOptions)) {
        if (/^(?:IgnoreExtraneous|IncludeMutationWebhook)=(?:true|false)$/.test(word.text)) {
          const meant = word.text.startsWith("IgnoreExtraneous") ? "IgnoreExtraneous" : undefined;
          if (meant === undefined || word.text.endsWith("false")) continue;
          yield {
            ...wordHit(word, compareOptions, "`IgnoreExtraneous` takes no value, so this is ignored."),
            data: { suggestion: meant },
          };
        } else yield wordHit(word, compareOptions, `\`${word.text}\` is no option for comparing, so it is ignored.`);
      }
    }
  },
  docs: {
    summary: "The annotation `argocd.argoproj.io/compare-options` names an option that Argo CD does not have.",
    explanation: "Letter case counts, and there are no blanks around `=`. What Argo CD does not know it ignores.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/compare-options: ignoreExtraneous\n",
    good: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/compare-options: IgnoreExtraneous\n",
  },
  fix: useSuggestion,
};
