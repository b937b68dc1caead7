import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { annotationText, valuesOf } from "../annotations";
import { hookTypes } from "../vocabulary";
import { splitWords, unknownWords, wordHit } from "../words";

/** A hook of a type that Argo CD does not have. */
export const unknownHook: Rule = {
  code: "argocd/unknown-hook",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { entry, set } of valuesOf(context, "argocd.argoproj.io/hook")) {
      const { value } = entry;
      if (value.kind !== "scalar" || value.tag !== "str" || isPlaceholder(value.text)) continue;
      const unknown = unknownWords(value, hookTypes);
      const all = splitWords(value);
      // gitops-engine `hook.Types`: without a type of its own a hook has those that Helm's annotation says.
      const isHelmHook = annotationText(set.object, "helm.sh/hook") !== undefined;
      const hasNone = unknown.length === all.length && !isHelmHook;
      if (all.length === 0 && !isHelmHook) {
        const message = "The hook has no type, so Argo CD never applies the object.";
        yield { ...wordHit({ text: "", place: value.origin.place }, hookTypes, message), data: undefined };
      }
      for (const word of unknown) {
        const effect = hasNone ? ", so Argo CD never applies the object" : "";
        const message = `\`${word.text}\` is no type of hook${effect}.`;
        yield { ...wordHit(word, hookTypes, message), severity: hasNone ? undefined : "warning" };
      }
    }
  },
  docs: {
    summary: "The annotation `argocd.argoproj.io/hook` names a type that Argo CD does not have.",
    explanation:
      "Letter case counts. An object whose hook has no type that Argo CD knows is taken for a hook of no phase, and never applied.",
    bad: "#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations:\n    argocd.argoproj.io/hook: presync\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n",
    good: "#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations:\n    argocd.argoproj.io/hook: PreSync\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n",
  },
  fix: useSuggestion,
};
