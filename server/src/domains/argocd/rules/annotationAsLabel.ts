import { objectsOf } from "../../../analysis/checkedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { getIn } from "../../../yaml/node";
import { findAnnotation } from "../knownAnnotations";

/** An annotation of Argo CD that stands among the labels. */
export const annotationAsLabel: Rule = {
  code: "argocd/annotation-as-label",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of objectsOf(context)) {
      const labels = getIn(node, ["metadata", "labels"]);
      for (const { key } of labels?.kind === "mapping" ? labels.entries : []) {
        // That one is a label of clusters.
        if (findAnnotation(key.text) === undefined || key.text.endsWith("/auto-label-cluster-info")) continue;
        yield {
          place: key.origin.place,
          message: `\`${key.text}\` does nothing as a label: Argo CD reads the annotation.`,
          help: "Move it to `annotations`.",
        };
      }
    }
  },
  docs: {
    summary: "An annotation of Argo CD is written as a label.",
    explanation: "Argo CD looks for it among the annotations only, so that it does nothing.",
    bad: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    argocd.argoproj.io/sync-wave: "1"\n',
    good: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n',
  },
};
