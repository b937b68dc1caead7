import type { Hit, Rule } from "../../../analysis/rule";
import { placeWithin } from "../../../yaml/placeWithin";
import { applicationsOf } from "../applications";
import { applicationSample, destinationLines } from "../samples";

const sample = (url: string): string =>
  applicationSample(...destinationLines, "source:", `  repoURL: ${url}`, "  chart: shop", "  targetRevision: 1.2.3");

/** A chart of an OCI registry whose address has a scheme. */
export const ociChart: Rule = {
  code: "argocd/oci-chart",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { repoUrl, chart } of application.sources) {
        if (chart === undefined || !repoUrl?.text.startsWith("oci://")) continue;
        yield {
          place: placeWithin(repoUrl, 0, "oci://".length),
          message: "Beside `chart`, the address of an OCI registry has no `oci://`.",
          help: "Remove `oci://`; or remove `chart`, and write the whole address of the chart in `repoURL`.",
        };
      }
    }
  },
  docs: {
    summary: "A source with a `chart` has a `repoURL` that begins with `oci://`.",
    explanation:
      "With `oci://`, Argo CD since 3.1 takes the address for that of the chart itself and ignores `chart`; older versions look for a repository with an index. A chart is found by its name without the scheme.",
    bad: sample("oci://example.com/charts"),
    good: sample("example.com/charts"),
  },
  fix({ place }) {
    if (place.file.text.slice(place.start, place.end) !== "oci://") return [];
    return [{ title: "Remove 'oci://'", edits: [{ place, text: "" }] }];
  },
};
