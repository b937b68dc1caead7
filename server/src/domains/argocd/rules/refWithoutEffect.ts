import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf, entryOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSample, destinationLines, sourceLines } from "../samples";

/** A name for a source that no other source can use. */
export const refWithoutEffect: Rule = {
  code: "argocd/ref-without-effect",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { node, isOneOfSeveral } of application.sources) {
        const key = entryOf(node, "ref")?.key;
        if (isOneOfSeveral || key === undefined) continue;
        yield {
          place: key.origin.place,
          message: "`ref` does nothing in a single `source`.",
          help: "Remove it, or write the sources as items of `sources`.",
        };
      }
    }
  },
  docs: {
    summary: "The one `source` of an Application has a `ref`.",
    explanation: "With a `ref`, other items of `sources` take files from a source. A single `source` has no others.",
    bad: applicationSample(...destinationLines, ...sourceLines, "  ref: values"),
    good: applicationSample(...destinationLines, ...sourceLines),
  },
  fix: removeField,
};
