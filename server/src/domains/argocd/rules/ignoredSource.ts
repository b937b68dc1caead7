import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf, entryOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const several = ["sources:", "- repoURL: https://example.com/shop.git", "  path: overlays/dev"];

/** A source that another field makes Argo CD ignore. */
export const ignoredSource: Rule = {
  code: "argocd/ignored-source",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const { spec, sourceHydrator, sources } = application;
      const winner = sourceHydrator !== undefined ? "sourceHydrator" : "sources";
      const losers = sourceHydrator !== undefined ? ["source", "sources"] : ["source"];
      if (sourceHydrator === undefined && sources[0]?.isOneOfSeveral !== true) continue;
      for (const name of losers) {
        const entry = entryOf(spec, name);
        if (entry === undefined || entry.value.kind === "scalar") continue;
        const message = `\`${name}\` is ignored: the Application has \`${winner}\`.`;
        yield { place: entry.key.origin.place, message, help: "Remove one of the two." };
      }
    }
  },
  docs: {
    summary: "An Application has two of `source`, `sources` and `sourceHydrator`.",
    explanation:
      "`sourceHydrator` wins over the others, and `sources` over `source`. What does not win is not deployed.",
    bad: applicationSample(...destinationLines, ...sourceLines, ...several),
    good: applicationSample(...destinationLines, ...several),
  },
  fix: removeField,
};
