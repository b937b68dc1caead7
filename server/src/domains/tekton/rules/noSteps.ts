import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { mayBeBrought, taskSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { sample } from "../samples";

/** A Task that does nothing. */
export const noSteps: Rule = {
  code: "tekton/no-steps",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (mayBeBrought(context)) return;
    for (const { task, pipelineTask } of taskSpecsOf(context)) {
      if (isSet(task.node, "steps") || getValue(task.node, "<<") !== undefined) continue;
      const isThere = task.node.entries.some(({ key }) => key.text === "steps");
      // The schema demands the field where the spec is no embedded one.
      if (!isThere && pipelineTask === undefined) continue;
      const place = isThere
        ? keyPlace(task.node, "steps")
        : (pipelineTask?.nameNode?.origin.place ?? keyPlace(task.node, "steps"));
      yield {
        place,
        message: "A Task without steps does nothing.",
        help: "Add a step.",
      };
    }
  },
  docs: {
    summary: "A Task has no steps.",
    explanation: "Tekton's webhook refuses it.",
    bad: sample("Task", "  steps: []\n"),
    good: sample("Task", "  steps:\n  - image: alpine:3.22\n    script: make\n"),
  },
};
