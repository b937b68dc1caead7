import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { applicationSetsOf } from "../applicationSets";
import { entryOf } from "../applications";
import { removeField } from "../fixes";

const manifest = (...lines: readonly string[]): string =>
  `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata:\n  name: a\n  namespace: argocd\nspec:\n  generators:\n  - clusters: {}\n  template:\n    metadata:\n      name: '{{name}}'\n${lines.join("")}    spec:\n      project: default\n      source:\n        repoURL: https://example.com/shop.git\n        path: a\n      destination:\n        name: '{{name}}'\n`;

/** A namespace for Applications that go into that of their ApplicationSet. */
export const ignoredTemplateNamespace: Rule = {
  code: "argocd/ignored-template-namespace",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set, open } of applicationSetsOf(context)) {
      const own = textOf(getIn(set.node, ["metadata", "namespace"]));
      const entry = entryOf(getIn(set.spec, ["template", "metadata"]), "namespace");
      const other = textOf(entry?.value);
      if (open || own === undefined || entry === undefined || other === undefined || other === own) continue;
      if (other === "" || isPlaceholder(own)) continue;
      yield {
        place: entry.key.origin.place,
        message: `The Applications go into \`${own}\`, the namespace of the ApplicationSet: this one is ignored.`,
        help: "Remove it. Where the Applications deploy to is said in `destination.namespace`.",
      };
    }
  },
  docs: {
    summary: "The template of an ApplicationSet names a namespace that is not that of the ApplicationSet.",
    explanation: "Argo CD makes the Applications beside their ApplicationSet, whatever the template says.",
    bad: manifest("      namespace: shop\n"),
    good: manifest(),
  },
  fix: removeField,
};
