import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { applicationsOf, entryOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const sample = (...more: readonly string[]): string =>
  applicationSample(...sourceLines, ...destinationLines, "syncPolicy:", "  automated:", "    prune: true", ...more);

/** An Application that may delete all that it has deployed. */
export const allowEmpty: Rule = {
  code: "argocd/allow-empty",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const automated = getIn(application.syncPolicy, ["automated"]);
      const entry = entryOf(automated, "allowEmpty");
      if (entry === undefined || textOf(entry.value) !== "true") continue;
      if (textOf(getIn(automated, ["prune"])) !== "true") continue;
      yield {
        place: entry.key.origin.place,
        message: "A source that renders to nothing deletes everything that the Application has deployed.",
        help: "Remove `allowEmpty`, unless that is meant.",
      };
    }
  },
  docs: {
    summary: "An Application prunes by itself and may become empty.",
    explanation:
      "Without `allowEmpty`, Argo CD does not prune when nothing is left, which mostly is the work of a wrong path or a broken template.",
    bad: sample("    allowEmpty: true"),
    good: sample(),
  },
  fix: removeField,
};
