import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf, entryOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines } from "../samples";

const chart = ["source:", "  repoURL: https://example.com/charts", "  chart: shop", "  targetRevision: 1.2.3"];

/** Options of Kustomize, or for plain manifests, in a source that is a chart. */
export const optionsOfOtherTool: Rule = {
  code: "argocd/options-of-other-tool",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { node, chart } of application.sources) {
        if (chart === undefined || chart.text.includes("{{")) continue;
        for (const name of ["kustomize", "directory"]) {
          const entry = entryOf(node, name);
          const isEmpty = entry?.value.kind !== "mapping" || entry.value.entries.length === 0;
          if (entry === undefined || isEmpty || entryOf(node, "helm") !== undefined) continue;
          yield {
            place: entry.key.origin.place,
            message: `The source is a chart, and \`${name}\` makes Argo CD render it without Helm.`,
            help: `Remove \`${name}\`.`,
          };
        }
      }
    }
  },
  docs: {
    summary: "A source with a `chart` has options of another tool.",
    explanation:
      "Options of a tool make Argo CD use that tool. A chart has no kustomization, and its templates are no manifests.",
    bad: applicationSample(...destinationLines, ...chart, "  kustomize:", "    namePrefix: dev-"),
    good: applicationSample(...destinationLines, ...chart, "  helm:", "    releaseName: dev-shop"),
  },
  fix: removeField,
};
