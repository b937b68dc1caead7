import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf } from "../applications";
import { applicationSample, destinationLines } from "../samples";

const sample = (revision: string): string =>
  applicationSample(
    ...destinationLines,
    "source:",
    "  repoURL: https://example.com/charts",
    "  chart: shop",
    `  targetRevision: ${revision}`,
  );

/** A branch in place of the version of a chart. */
export const chartRevision: Rule = {
  code: "argocd/chart-revision",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { chart, targetRevision, repoUrl } of application.sources) {
        if (chart === undefined || targetRevision === undefined) continue;
        // A tag of a registry may be called anything.
        if (!/^(?:HEAD|main|master)$/.test(targetRevision.text) || !/^https?:/.test(repoUrl?.text ?? "")) continue;
        yield {
          place: targetRevision.origin.place,
          message: `\`${targetRevision.text}\` is no version of a chart.`,
          help: "Write a version, or a range such as `1.2.*`; `*` is the newest.",
        };
      }
    }
  },
  docs: {
    summary: "The `targetRevision` of a chart is a branch.",
    explanation: "A repository of charts has versions, no branches: Argo CD does not find the chart.",
    bad: sample("HEAD"),
    good: sample("1.2.3"),
  },
};
