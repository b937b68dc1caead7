import { objectsOf } from "../../../analysis/checkedObjects";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { DocumentContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { isArgocdKind } from "../../../argocd/application";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, type Node } from "../../../yaml/node";
import { itemsOf } from "../applications";
import { finalizers } from "../vocabulary";
import { wordHit } from "../words";

/** A finalizer of an Application that Argo CD does not have. */
export const unknownFinalizer: Rule = {
  code: "argocd/unknown-finalizer",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const list of finalizerLists(context)) {
      for (const item of itemsOf(list)) {
        if (item.kind !== "scalar" || item.tag !== "str" || !isMisspelt(item.text)) continue;
        const message = `\`${item.text}\` is no finalizer of Argo CD: nothing takes it away when the object is deleted.`;
        yield wordHit({ text: item.text, place: item.origin.place }, finalizers.slice(0, 3), message);
      }
    }
  },
  docs: {
    summary: "A finalizer of an Application, AppProject or ApplicationSet is misspelt.",
    explanation:
      "Argo CD deletes what an Application deployed only when it finds its own finalizer. Any other one keeps the object in deletion until somebody removes it by hand.",
    bad: "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: a\n  finalizers:\n  - resource-finalizer.argocd.argoproj.io\nspec: {}\n",
    good: "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: a\n  finalizers:\n  - resources-finalizer.argocd.argoproj.io\nspec: {}\n",
  },
  fix: useSuggestion,
};

function* finalizerLists(context: DocumentContext): Iterable<Node | undefined> {
  for (const { node } of objectsOf(context)) {
    const isOurs = (["Application", "AppProject", "ApplicationSet"] as const).some((kind) => isArgocdKind(node, kind));
    if (!isOurs) continue;
    yield getIn(node, ["metadata", "finalizers"]);
    yield getIn(node, ["spec", "template", "metadata", "finalizers"]);
  }
}

/** Others may have finalizers of their own; those that look like ours are meant to be ours. */
function isMisspelt(text: string): boolean {
  const words = finalizers.map(({ word }) => word);
  if (isPlaceholder(text) || words.includes(text)) return false;
  return /argocd\.argoproj\.io(?:\/|$)/.test(text) ? true : didYouMean(text, words) !== undefined;
}
