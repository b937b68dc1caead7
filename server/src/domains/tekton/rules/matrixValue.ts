import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { valuePlace } from "../places";
import { pipelineSample } from "../samples";

/** A value of a matrix that is of the wrong type. */
export const matrixValue: Rule = {
  code: "tekton/matrix-value",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { matrix } of tasksOf(pipeline)) {
        for (const { node, name, value } of matrix?.params ?? []) {
          if (value === undefined || value.kind === "sequence") continue;
          if (value.kind === "scalar" && (value.tag === "null" || isPlaceholder(value.text))) continue;
          const message = `\`${name}\` of the matrix is no list.`;
          const help = "Write a list with the values to run the task with.";
          yield { place: valuePlace(node, "value"), message, help };
        }
        for (const { node, name, value } of matrix?.include.flatMap(({ params }) => params) ?? []) {
          if (value === undefined || value.kind === "scalar") continue;
          const message = `\`${name}\` in \`include\` is no text.`;
          const help = "Write one value: each item of `include` stands for one run.";
          yield { place: valuePlace(node, "value"), message, help };
        }
      }
    }
  },
  docs: {
    summary: "A parameter under `matrix.params` is no list, or one under `matrix.include` is one.",
    explanation: "The PipelineRun fails with `InvalidMatrixParameterTypes`.",
    bad: pipelineSample("    matrix:\n      params:\n      - name: platform\n        value: linux\n"),
    good: pipelineSample("    matrix:\n      params:\n      - name: platform\n        value: [linux, mac]\n"),
  },
};
