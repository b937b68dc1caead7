import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf, entryOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines, sourceLines } from "../samples";

/** A destination with two clusters. */
export const ambiguousDestination: Rule = {
  code: "argocd/ambiguous-destination",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const { destination } = application;
      const { server, name } = destination ?? {};
      const key = entryOf(destination?.node, "name")?.key;
      if (server === undefined || name === undefined || key === undefined) continue;
      // Of a template, one of them may become empty.
      if (isPlaceholder(server.text) || isPlaceholder(name.text)) continue;
      yield {
        place: key.origin.place,
        message: "A destination cannot have both `name` and `server`.",
        help: "Remove one of the two.",
      };
    }
  },
  docs: {
    summary: "The destination of an Application names a cluster by its name and by its address.",
    explanation: "Argo CD refuses to guess which of them is meant, even where both are the same cluster.",
    bad: applicationSample(...sourceLines, ...destinationLines, "  name: in-cluster"),
    good: applicationSample(...sourceLines, ...destinationLines),
  },
  fix: removeField,
};
