import type { Hit, Rule } from "../../../analysis/rule";
import { annotationSetsOf } from "../annotations";
import { removeField } from "../fixes";
import { findAnnotation } from "../knownAnnotations";

const manifest = (annotation: string): string =>
  `#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    ${annotation}\n`;

/** An annotation for Applications on something else. */
export const annotationOnWrongKind: Rule = {
  code: "argocd/annotation-on-wrong-kind",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { annotations, kind } of annotationSetsOf(context)) {
      for (const { key } of annotations.entries) {
        const kinds = findAnnotation(key.text)?.kinds;
        if (kind === undefined || kinds === undefined || kinds.includes(kind)) continue;
        const names = kinds.map((each) => `\`${each}\``).join(" or ");
        yield {
          place: key.origin.place,
          message: `Argo CD reads this annotation of kind ${names}, not of \`${kind}\`.`,
          help: "Move it there, or remove it.",
        };
      }
    }
  },
  docs: {
    summary: "An annotation of Argo CD stands on an object of a kind on which it is not read.",
    explanation:
      "It does nothing there. Most annotations that are not about a single object belong to the Application.",
    bad: manifest("argocd.argoproj.io/manifest-generate-paths: ."),
    good: manifest("argocd.argoproj.io/sync-options: Prune=false"),
  },
  fix: removeField,
};
