import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { mayBeBrought, taskSpecsOf } from "../objects";
import { headPlace } from "../places";
import { sample } from "../samples";

/** A step that nothing can run. */
export const stepWithoutImage: Rule = {
  code: "tekton/step-without-image",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (mayBeBrought(context)) return;
    for (const { task } of taskSpecsOf(context)) {
      if (task.stepTemplate !== undefined && isSet(task.stepTemplate.node, "image")) continue;
      for (const step of task.steps) {
        if (step.ref !== undefined || isSet(step.node, "image") || getValue(step.node, "<<") !== undefined) continue;
        const what = step.name === "" ? "The step" : `The step \`${step.name}\``;
        yield {
          place: headPlace(step),
          message: `${what} has no image.`,
          help: "Add `image`, or a `ref` to a StepAction.",
        };
      }
    }
  },
  docs: {
    summary: "A step has neither an image nor a reference to a StepAction.",
    explanation: "Tekton's webhook refuses the Task, unless its `stepTemplate` names an image for all steps.",
    bad: sample("Task", "  steps:\n  - name: make\n    script: make\n"),
    good: sample("Task", "  steps:\n  - name: make\n    image: alpine:3.22\n    script: make\n"),
  },
};
