import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { sample } from "../samples";

/** A Task within a Pipeline that says an apiVersion or kind as if it were a custom one. */
export const embeddedTaskKind: Rule = {
  code: "tekton/embedded-task-kind",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { taskSpec } of tasksOf(pipeline)) {
        if (taskSpec === undefined || taskSpec.steps.length === 0) continue;
        for (const field of ["apiVersion", "kind"]) {
          if (!isSet(taskSpec.node, field)) continue;
          const message = `\`${field}\` cannot stand in a \`taskSpec\` with steps.`;
          yield { place: keyPlace(taskSpec.node, field), message, help: "Remove it: with steps it is a Task anyway." };
        }
      }
    }
  },
  docs: {
    summary: "A `taskSpec` has steps, and an apiVersion or kind.",
    explanation: "Those two say that it is a custom task, which has no steps. Tekton's webhook refuses the Pipeline.",
    bad: sample(
      "Pipeline",
      "  tasks:\n  - name: build\n    taskSpec:\n      kind: Task\n      steps:\n      - image: alpine:3.22\n",
    ),
    good: sample("Pipeline", "  tasks:\n  - name: build\n    taskSpec:\n      steps:\n      - image: alpine:3.22\n"),
  },
  fix: removeField,
};
