import { objectsOf } from "../../../analysis/checkedObjects";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";

/** Workloads whose selector must match the labels of their own pods. */
const workloads: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** A selector that does not select the pods of its own template. */
export const selectorMismatch: Rule = {
  code: "core/selector-mismatch",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, apiVersion, kind, partial } of objectsOf(context)) {
      if (partial || context.deployed === "changed" || !apiVersion.startsWith("apps/") || !workloads.has(kind))
        continue;
      const selector = getIn(node, ["spec", "selector", "matchLabels"]);
      const labels = getIn(node, ["spec", "template", "metadata", "labels"]);
      if (selector?.kind !== "mapping" || labels?.kind !== "mapping") continue;
      const texts = new Map(labels.entries.map(({ key, value }) => [key.text, textOf(value) ?? ""]));
      for (const { key, value } of selector.entries) {
        const wanted = textOf(value) ?? "";
        const found = texts.get(key.text);
        if (found === wanted || texts.has("<<") || key.text === "<<") continue;
        if ([wanted, key.text, found ?? ""].some(isPlaceholder)) continue;
        const now = found === undefined ? "do not have that label" : `have \`${found}\``;
        const message = `The selector wants \`${key.text}: ${wanted}\`, but the pods of the template ${now}.`;
        const help = "Give the template the labels of the selector.";
        yield {
          place: value.origin.place,
          message,
          help,
          severity: context.deployed === "asWritten" ? undefined : "warning",
        };
      }
    }
  },
  docs: {
    summary: "The selector of a workload does not match the labels of its pod template.",
    explanation: "The API server refuses the object: the workload would not find its own pods.",
    bad: "#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: wbe\n    spec:\n      containers:\n      - name: a\n        image: a\n",
    good: "#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - name: a\n        image: a\n",
  },
};
