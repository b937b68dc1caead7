import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { insertEntry } from "../../../yaml/edit";
import { applicationsOf, entryOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

/** A destination without a cluster. */
export const missingDestination: Rule = {
  code: "argocd/missing-destination",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, open } of applicationsOf(context)) {
      const { destination, spec } = application;
      // One that is missing altogether is told of by `schema/missing-field`.
      const key = entryOf(spec, "destination")?.key;
      if (open || destination === undefined || key === undefined) continue;
      if (destination.server !== undefined || destination.name !== undefined) continue;
      yield {
        place: key.origin.place,
        message: "The destination names no cluster.",
        help: "Add `server: https://kubernetes.default.svc` for the cluster that Argo CD runs in, or `name`.",
      };
    }
  },
  docs: {
    summary: "The destination of an Application has neither `server` nor `name`.",
    explanation: "Argo CD does not take its own cluster by default: it refuses to sync the Application.",
    bad: applicationSample(...sourceLines, "destination:", "  namespace: shop"),
    good: applicationSample(...sourceLines, ...destinationLines),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path?.at(-1) !== "destination") return [];
    const entry = { key: "server", value: "https://kubernetes.default.svc", at: 0 };
    return fixOf("Deploy to the cluster of Argo CD", document.file, insertEntry(document, path, entry));
  },
};
