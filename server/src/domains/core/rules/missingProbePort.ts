import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { containersOf, itemsOf } from "../../../kubernetes/podTemplate";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { podRule } from "./podRule";

/** A probe or hook that asks a port that its container does not name. */
export const missingProbePort = podRule({
  code: "core/missing-probe-port",
  severity: "warning",
  *check({ template }): Iterable<Hit> {
    for (const { node } of containersOf(template.spec)) {
      const ports = itemsOf(getValue(node, "ports")).map((port) => textOf(getValue(port, "name")) ?? "");
      for (const [holder, how] of askers) {
        const port = getIn(node, [...holder, how, "port"]);
        const text = textOf(port) ?? "";
        if (port?.kind !== "scalar" || port.tag !== "str" || /^\d*$/.test(text) || isPlaceholder(text)) continue;
        if (ports.includes(text)) continue;
        const suggestion = didYouMean(text, ports.filter(Boolean));
        yield {
          place: port.origin.place,
          message: `The container has no port called \`${text}\`, so \`${holder.at(-1)}\` always fails.`,
          help: suggestion === undefined ? "Name a port of the container so." : `Did you mean \`${suggestion}\`?`,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "A probe or a hook asks a port by a name that its container does not have.",
    explanation:
      "The kubelet looks for the name among the `ports` of the same container only. The probe fails, and the pod never becomes ready, or restarts again and again.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    ports:\n    - name: http\n      containerPort: 8080\n    readinessProbe:\n      httpGet: {path: /, port: htpp}\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    ports:\n    - name: http\n      containerPort: 8080\n    readinessProbe:\n      httpGet: {path: /, port: http}\n",
  },
  fix: useSuggestion,
});

const askers: readonly (readonly [readonly string[], "httpGet" | "tcpSocket"])[] = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
].flatMap((holder) => [[holder, "httpGet"] as const, [holder, "tcpSocket"] as const]);
