import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { valuesOf } from "../annotations";
import { deletePolicies } from "../vocabulary";
import { unknownWords, wordHit } from "../words";

/** A policy for deleting hooks that Argo CD does not have. */
export const unknownDeletePolicy: Rule = {
  code: "argocd/unknown-delete-policy",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { entry } of valuesOf(context, "argocd.argoproj.io/hook-delete-policy")) {
      if (entry.value.kind !== "scalar" || entry.value.tag !== "str") continue;
      for (const word of unknownWords(entry.value, deletePolicies)) {
        yield wordHit(word, deletePolicies, `\`${word.text}\` is no policy for deleting hooks, so it is ignored.`);
      }
    }
  },
  docs: {
    summary: "The annotation `argocd.argoproj.io/hook-delete-policy` names a policy that Argo CD does not have.",
    explanation: "Letter case counts. Without a policy that it knows, Argo CD takes `BeforeHookCreation`.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/hook: PostSync\n    argocd.argoproj.io/hook-delete-policy: hook-succeeded\nspec:\n  containers:\n  - name: a\n    image: a\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/hook: PostSync\n    argocd.argoproj.io/hook-delete-policy: HookSucceeded\nspec:\n  containers:\n  - name: a\n    image: a\n",
  },
  fix: useSuggestion,
};
