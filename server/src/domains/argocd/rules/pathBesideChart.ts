import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf, entryOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines } from "../samples";

const chart = ["source:", "  repoURL: https://example.com/charts", "  chart: shop", "  targetRevision: 1.2.3"];

/** A path in a source that is a chart. */
export const pathBesideChart: Rule = {
  code: "argocd/path-beside-chart",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { node, path, chart } of application.sources) {
        const key = entryOf(node, "path")?.key;
        if (path === undefined || chart === undefined || key === undefined) continue;
        // Of an ApplicationSet one of them may be empty for each of the Applications.
        if (path.text.includes("{{") || chart.text.includes("{{")) continue;
        yield {
          place: key.origin.place,
          message: "`path` does nothing beside `chart`.",
          help: "Remove it: a chart comes whole from a repository of charts.",
        };
      }
    }
  },
  docs: {
    summary: "A source has a `chart` and a `path`.",
    explanation: "A chart is found by its name in a repository of charts, which has no paths. Argo CD ignores `path`.",
    bad: applicationSample(...destinationLines, ...chart, "  path: charts/shop"),
    good: applicationSample(...destinationLines, ...chart),
  },
  fix: removeField,
};
