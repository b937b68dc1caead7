import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { appendItem } from "../../../yaml/edit";
import { getValue, textOf } from "../../../yaml/node";
import { applicationSetsOf } from "../applicationSets";
import { entryOf, itemsOf } from "../applications";
import { applicationSetSample, templateLines } from "../samples";

const sample = (...options: readonly string[]): string =>
  applicationSetSample(
    "goTemplate: true",
    ...options,
    "generators:",
    "- clusters: {}",
    ...templateLines("'{{.name}}'"),
  );

/** Templates of Go that go on where a parameter is missing. */
export const missingKeyOption: Rule = {
  code: "argocd/missing-key-option",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set, open } of applicationSetsOf(context)) {
      const key = entryOf(set.spec, "goTemplate")?.key;
      if (open || !set.goTemplate || key === undefined) continue;
      const options = itemsOf(getValue(set.spec, "goTemplateOptions")).map(textOf);
      if (options.some((option) => option?.startsWith("missingkey="))) continue;
      yield {
        place: key.origin.place,
        message: "A parameter that is missing becomes `<no value>`, in names and paths, too.",
        help: "Add `goTemplateOptions: [missingkey=error]`.",
      };
    }
  },
  docs: {
    summary: "An ApplicationSet with templates of Go does not stop at a parameter that is missing.",
    explanation:
      "Argo CD then deploys to a namespace or from a path with `<no value>` in it, or deletes what it has deployed before. With `missingkey=error` it reports the mistake and leaves all as it is.",
    bad: sample(),
    good: sample("goTemplateOptions:", "- missingkey=error"),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path?.at(-1) !== "goTemplate") return [];
    const edits = appendItem(document, [...path.slice(0, -1), "goTemplateOptions"], "missingkey=error");
    return fixOf("Add 'missingkey=error'", document.file, edits, true);
  },
};
