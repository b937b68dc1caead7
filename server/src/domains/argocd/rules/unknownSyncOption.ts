import { objectsOf } from "../../../analysis/checkedObjects";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { DocumentContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { isArgocdKind } from "../../../argocd/application";
import { getIn, type Mapping } from "../../../yaml/node";
import { valuesOf } from "../annotations";
import { itemsOf } from "../applications";
import { applicationSyncOptions, resourceSyncOptions, type Word } from "../vocabulary";
import { unknownWords, type WrittenWord, wordHit } from "../words";

/** A sync option that Argo CD does not have. */
export const unknownSyncOption: Rule = {
  code: "argocd/unknown-sync-option",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { entry } of valuesOf(context, "argocd.argoproj.io/sync-options")) {
      if (entry.value.kind !== "scalar" || entry.value.tag !== "str") continue;
      for (const word of unknownWords(entry.value, resourceSyncOptions)) yield* optionHit(word, resourceSyncOptions);
    }
    for (const options of optionLists(context)) {
      for (const item of itemsOf(getIn(options, ["syncPolicy", "syncOptions"]))) {
        if (item.kind !== "scalar" || item.tag !== "str" || isPlaceholder(item.text)) continue;
        const word = { text: item.text, place: item.origin.place };
        if (!applicationSyncOptions.some((known) => known.word === word.text)) {
          yield* optionHit(word, applicationSyncOptions);
        }
      }
    }
  },
  docs: {
    summary: "A sync option is none that Argo CD knows.",
    explanation:
      "Argo CD compares the text as it is: letter case counts, and there are no blanks around `=`. What it does not know it ignores. Some options are for single objects only (`Force=true`), others for Applications only (`CreateNamespace=true`).",
    bad: "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\nspec:\n  project: default\n  destination:\n    server: https://kubernetes.default.svc\n  source:\n    repoURL: https://example.com/a.git\n    path: a\n  syncPolicy:\n    syncOptions:\n    - CreateNameSpace=true\n",
    good: "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\nspec:\n  project: default\n  destination:\n    server: https://kubernetes.default.svc\n  source:\n    repoURL: https://example.com/a.git\n    path: a\n  syncPolicy:\n    syncOptions:\n    - CreateNamespace=true\n",
  },
  fix: useSuggestion,
};

function* optionLists(context: DocumentContext): Iterable<Mapping> {
  for (const { node } of objectsOf(context)) {
    const spec = isArgocdKind(node, "Application")
      ? getIn(node, ["spec"])
      : isArgocdKind(node, "ApplicationSet")
        ? getIn(node, ["spec", "template", "spec"])
        : undefined;
    if (spec?.kind === "mapping") yield spec;
  }
}

function* optionHit(word: WrittenWord, known: readonly Word[]): Iterable<Hit> {
  const [key = "", value] = word.text.split("=", 2);
  // Saying that something is not so does no harm, whether Argo CD reads it or not.
  if (isKey(key, known) && /^(?:true|false)$/.test(value ?? "")) return;
  const others = known === applicationSyncOptions ? resourceSyncOptions : applicationSyncOptions;
  if (others.some((other) => other.word === word.text)) {
    const where = known === applicationSyncOptions ? "single objects, as an annotation" : "Applications";
    yield {
      place: word.place,
      message: `\`${key}\` is an option of ${where}: here it is ignored.`,
      help: "Remove it, or move it there.",
    };
    return;
  }
  yield wordHit(word, known, `\`${word.text}\` is no sync option, so it is ignored.`);
}

function isKey(key: string, known: readonly Word[]): boolean {
  return known.some(({ word }) => word.slice(0, word.indexOf("=")) === key);
}
