import type { Hit, Rule } from "../../../analysis/rule";
import { fieldsAt, isSet } from "../../../tekton/field";
import { wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { sample } from "../samples";

/** Resources for a run as a whole and for one of its steps. */
export const resourcesTwice: Rule = {
  code: "tekton/resources-twice",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { run } of wholeObjectsOf(context)) {
      if (run === undefined) continue;
      for (const part of [run, ...fieldsAt(run, "taskRunSpecs")]) {
        if (!isSet(part.node, "computeResources")) continue;
        const steps = [...fieldsAt(part, "stepSpecs"), ...fieldsAt(part, "stepOverrides")];
        const step = steps.find(({ node }) => isSet(node, "computeResources") || isSet(node, "resources"));
        if (step === undefined) continue;
        const message = "Resources are given for the run and for one of its steps.";
        const related = [{ place: keyPlace(step.node, "computeResources"), message: "This step has its own." }];
        yield { place: keyPlace(part.node, "computeResources"), message, help: "Keep one of the two.", related };
      }
    }
  },
  docs: {
    summary: "A run has `computeResources` and a step in `stepSpecs` has them, too.",
    explanation: "Tekton's webhook refuses the run: it could not tell how to divide them.",
    bad: sample(
      "TaskRun",
      "  taskRef:\n    name: build\n  computeResources:\n    requests: {cpu: 1}\n  stepSpecs:\n  - name: make\n    computeResources:\n      requests: {cpu: 1}\n",
    ),
    good: sample(
      "TaskRun",
      "  taskRef:\n    name: build\n  stepSpecs:\n  - name: make\n    computeResources:\n      requests: {cpu: 1}\n",
    ),
  },
};
