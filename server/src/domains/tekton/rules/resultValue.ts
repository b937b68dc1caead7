import type { Hit, Rule } from "../../../analysis/rule";
import { scalarAt } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { pipelineSpecsOf, taskSpecsOf } from "../objects";
import { valuePlace } from "../places";
import { sample } from "../samples";

/** A result that takes its value from nowhere. */
export const resultValue: Rule = {
  code: "tekton/result-value",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { task } of taskSpecsOf(context)) {
      for (const { node, name } of task.results) {
        const value = getValue(node, "value");
        if (value === undefined || (value.kind === "scalar" && (value.tag === "null" || value.text === ""))) continue;
        if (value.kind === "scalar" && /\$\(steps\..*?\.results\..*?\)/.test(value.text)) continue;
        const message = `The value of the result \`${name}\` is not the result of a step.`;
        const help =
          "Write `$(steps.STEP.results.RESULT)`, or leave `value` out and let a step write the result into its file.";
        yield { place: valuePlace(node, "value"), message, help };
      }
    }
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { node, name } of pipeline.results) {
        const value = getValue(node, "value");
        if (value === undefined || (value.kind === "scalar" && value.tag === "null") || refersToTask(value)) continue;
        const message = `The value of the result \`${name}\` is not the result of a task.`;
        const help = "Write `$(tasks.TASK.results.RESULT)`, or `$(finally.TASK.results.RESULT)`.";
        yield { place: scalarAt(node, "value")?.origin.place ?? valuePlace(node, "value"), message, help };
      }
    }
  },
  docs: {
    summary: "The value of a result names no result of a step or task.",
    explanation:
      "A Task takes a value from `$(steps.STEP.results.RESULT)`, a Pipeline from `$(tasks.TASK.results.RESULT)`. Tekton's webhook refuses everything else.",
    bad: sample(
      "Pipeline",
      "  tasks:\n  - name: build\n    taskRef:\n      name: build\n  results:\n  - name: digest\n    value: build.digest\n",
    ),
    good: sample(
      "Pipeline",
      "  tasks:\n  - name: build\n    taskRef:\n      name: build\n  results:\n  - name: digest\n    value: $(tasks.build.results.digest)\n",
    ),
  },
};

/** Whether a text, or one within a list or map, names the result of a task. */
function refersToTask(value: NonNullable<ReturnType<typeof getValue>>): boolean {
  if (value.kind === "mapping") return value.entries.some((entry) => refersToTask(entry.value));
  if (value.kind === "sequence") return value.items.some(refersToTask);
  return /\$\((?:tasks|finally)\.[^()]+\.results[.[][^()]+\)/.test(value.text) || /\{\{|\$\{/.test(value.text);
}
