import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { applicationsOf } from "../applications";

const manifest = (name: string): string =>
  `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  project: default\n  source:\n    repoURL: https://example.com/shop.git\n    path: overlays/dev\n  destination:\n    server: https://kubernetes.default.svc\n`;

/** A name of an Application that no label can hold. */
export const longName: Rule = {
  code: "argocd/long-name",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      const { name } = application;
      if (name === undefined || name.text.length <= 63 || isPlaceholder(name.text)) continue;
      yield {
        place: name.origin.place,
        message: `The name has ${name.text.length} characters; a label holds 63.`,
        help: "Choose a shorter one, unless Argo CD tracks objects by annotation, as it does since 3.0.",
      };
    }
  },
  docs: {
    summary: "The name of an Application is longer than a label can hold.",
    explanation:
      "Before 3.0, and wherever it is set to, Argo CD writes the name of the Application into a label of all that it deploys.",
    bad: manifest("the-shop-of-our-whole-company-with-all-of-its-many-little-services-dev"),
    good: manifest("shop-dev"),
  },
};
