import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { appendItem } from "../../../yaml/edit";
import { getIn, textOf } from "../../../yaml/node";
import { applicationsOf, entryOf, itemsOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const sample = (...options: readonly string[]): string =>
  applicationSample(
    ...sourceLines,
    ...destinationLines,
    "syncPolicy:",
    "  managedNamespaceMetadata:",
    "    labels:",
    "      team: shop",
    ...options,
  );

/** Metadata for a namespace that Argo CD is not asked to create. */
export const ignoredNamespaceMetadata: Rule = {
  code: "argocd/ignored-namespace-metadata",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, open } of applicationsOf(context)) {
      const entry = entryOf(application.syncPolicy, "managedNamespaceMetadata");
      if (open || entry?.value.kind !== "mapping" || entry.value.entries.length === 0) continue;
      const options = itemsOf(getIn(application.syncPolicy, ["syncOptions"])).map(textOf);
      if (options.some((option) => option === "CreateNamespace=true" || option?.includes("{{"))) continue;
      yield {
        place: entry.key.origin.place,
        message: "`managedNamespaceMetadata` does nothing without the sync option `CreateNamespace=true`.",
        help: "Add `CreateNamespace=true` to `syncOptions`.",
      };
    }
  },
  docs: {
    summary: "An Application has `managedNamespaceMetadata`, and does not create the namespace.",
    explanation:
      "Argo CD sets labels and annotations of the namespace only where it manages it, which it does with `CreateNamespace=true`, also for a namespace that is there already.",
    bad: sample(),
    good: sample("  syncOptions:", "  - CreateNamespace=true"),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path?.at(-1) !== "managedNamespaceMetadata") return [];
    const list = [...path.slice(0, -1), "syncOptions"];
    return fixOf("Add 'CreateNamespace=true'", document.file, appendItem(document, list, "CreateNamespace=true"), true);
  },
};
