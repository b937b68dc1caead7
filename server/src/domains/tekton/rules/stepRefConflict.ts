import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { getValue } from "../../../yaml/node";
import { taskSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { sample } from "../samples";

/** What a StepAction says by itself. */
const ofTheAction = ["image", "command", "args", "script", "workingDir", "env", "volumeMounts", "results"] as const;

/** Fields that a step cannot have beside a `ref`, or without one. */
export const stepRefConflict: Rule = {
  code: "tekton/step-ref-conflict",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { task } of taskSpecsOf(context)) {
      for (const { node, ref } of task.steps) {
        if (ref === undefined) {
          if (getValue(node, "ref") !== undefined || !isSet(node, "params")) continue;
          const message = "Only a step that refers to a StepAction has parameters.";
          const help = "Add a `ref`, or move the parameters to the Task.";
          yield { place: keyPlace(node, "params"), message, help };
        } else {
          for (const field of ofTheAction) {
            // An empty `env` counts as one, since it is no null.
            if (!isSet(node, field) && !(field === "env" && getValue(node, field)?.kind === "sequence")) continue;
            const message = `\`${field}\` cannot stand beside \`ref\`: the StepAction says it.`;
            const help = "Remove it, or hand it over as a parameter of the StepAction.";
            yield { place: keyPlace(node, field), message, help, data: { remove: true } };
          }
        }
      }
    }
  },
  docs: {
    summary: "A step that refers to a StepAction says what the StepAction says, or a step without one has parameters.",
    explanation: "Tekton's webhook refuses the Task.",
    bad: sample("Task", "  steps:\n  - name: make\n    ref:\n      name: make\n    image: alpine:3.22\n"),
    good: sample("Task", "  steps:\n  - name: make\n    ref:\n      name: make\n"),
  },
  fix: (finding, context) => (finding.data?.["remove"] === true ? removeField(finding, context, false) : []),
};
