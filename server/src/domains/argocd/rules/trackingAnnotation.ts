import type { Hit, Rule } from "../../../analysis/rule";
import { annotationSetsOf } from "../annotations";
import { removeField } from "../fixes";

/** Annotations that Argo CD writes itself. */
const written: ReadonlySet<string> = new Set(["argocd.argoproj.io/tracking-id", "argocd.argoproj.io/installation-id"]);

/** An annotation in a manifest that only Argo CD should write. */
export const trackingAnnotation: Rule = {
  code: "argocd/tracking-annotation",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { annotations } of annotationSetsOf(context)) {
      for (const { key } of annotations.entries) {
        if (!written.has(key.text)) continue;
        yield {
          place: key.origin.place,
          message: "Argo CD writes this annotation itself, to know which Application has the object.",
          help: "Remove it.",
        };
      }
    }
  },
  docs: {
    summary: "A manifest has an annotation with which Argo CD tracks objects.",
    explanation:
      "It came along when the object was copied out of a cluster. Deployed by anything else than that Application, the object seems to belong to it, and may be pruned by it.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/tracking-id: shop:/ConfigMap:shop/a\n",
    good: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
  },
  fix: removeField,
};
