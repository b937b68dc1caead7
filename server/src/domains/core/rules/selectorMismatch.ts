import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit } from "../../../analysis/rule";
import { labelsOf } from "../../../kubernetes/podTemplate";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { podRule } from "./podRule";

/** Workloads whose selector must match the labels of their own pods. */
const workloads: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** A selector that does not select the pods of its own template. */
export const selectorMismatch = podRule({
  code: "core/selector-mismatch",
  severity: "error",
  *check({ node, template, root }): Iterable<Hit> {
    const apiVersion = textOf(getValue(node, "apiVersion")) ?? "";
    if (!apiVersion.startsWith("apps/") || !workloads.has(textOf(getValue(node, "kind")) ?? "")) return;
    const selector = getIn(node, ["spec", "selector", "matchLabels"]);
    if (selector?.kind !== "mapping" || template.labels === undefined) return;
    const labels = labelsOf(template.labels);
    for (const { key, value } of selector.entries) {
      const wanted = textOf(value) ?? "";
      const found = labels.get(key.text);
      if (found === wanted || labels.has("<<") || key.text === "<<") continue;
      if ([wanted, key.text, found ?? ""].some(isPlaceholder)) continue;
      const now = found === undefined ? "do not have that label" : `have \`${found}\``;
      yield {
        place: value.origin.place,
        message: `The selector wants \`${key.text}: ${wanted}\`, but the pods of the template ${now}.`,
        help: "Give the template the labels of the selector.",
        severity: root === undefined ? "warning" : undefined,
      };
    }
  },
  docs: {
    summary: "The selector of a workload does not match the labels of its pod template.",
    explanation:
      "The API server refuses the object: the workload would not find its own pods. It is judged after all patches.",
    bad: "#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: wbe\n    spec:\n      containers:\n      - name: a\n        image: a\n",
    good: "#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - name: a\n        image: a\n",
  },
});
