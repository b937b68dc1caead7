import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { insertEntry } from "../../../yaml/edit";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { applicationsOf, entryOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const turnedOn = "#- .gitops-author.yaml\nrules:\n  argocd/without-prune: hint\n";
const sample = (...automated: readonly string[]): string =>
  `${turnedOn}${applicationSample(...sourceLines, ...destinationLines, "syncPolicy:", ...automated)}`;

/** An automated sync that does not say whether it prunes. Many leave it so on purpose, since it is the careful choice. */
export const withoutPrune: Rule = {
  code: "argocd/without-prune",
  severity: "hint",
  optional: true,
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, open } of applicationsOf(context)) {
      const automated = entryOf(application.syncPolicy, "automated");
      if (open || automated === undefined || textOf(getValue(automated.value, "enabled")) === "false") continue;
      // Who writes `prune: false` has thought of it.
      if (automated.value.kind !== "mapping" || getValue(automated.value, "prune") !== undefined) continue;
      yield {
        place: automated.key.origin.place,
        message: "What leaves the repository stays in the cluster: the automated sync does not prune.",
        help: "Add `prune: true`, or `prune: false` to say that this is meant.",
      };
    }
  },
  docs: {
    summary: "The automated sync of an Application does not say whether it prunes.",
    explanation:
      "Without `prune`, Argo CD shows objects that are no longer in the repository as out of sync, and leaves them where they are.",
    bad: sample("  automated:", "    selfHeal: true"),
    good: sample("  automated:", "    selfHeal: true", "    prune: true"),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path?.at(-1) !== "automated") return [];
    if (getIn(document.root, [...path, "prune"]) !== undefined) return [];
    return fixOf("Add 'prune: true'", document.file, insertEntry(document, path, { key: "prune", value: true }));
  },
};
