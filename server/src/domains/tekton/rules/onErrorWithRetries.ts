import type { Hit, Rule } from "../../../analysis/rule";
import { scalarAt } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { pipelineSample } from "../samples";

/** A task that goes on after an error, and yet is tried again. */
export const onErrorWithRetries: Rule = {
  code: "tekton/on-error-with-retries",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { node } of tasksOf(pipeline)) {
        if (scalarAt(node, "onError")?.text !== "continue" || Number(scalarAt(node, "retries")?.text ?? 0) <= 0)
          continue;
        const message = "A task with `onError: continue` cannot have `retries`.";
        yield { place: keyPlace(node, "retries"), message, help: "Remove `retries`, or `onError`." };
      }
    }
  },
  docs: {
    summary: "A task of a pipeline has `onError: continue` and `retries`.",
    explanation: "Tekton's webhook refuses the Pipeline.",
    bad: pipelineSample("    onError: continue\n    retries: 2\n"),
    good: pipelineSample("    onError: continue\n"),
  },
  fix: (finding, context) => removeField(finding, context, false),
};
