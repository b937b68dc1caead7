import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import { mayBeBrought, pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { pipelineSample, sample } from "../samples";

/** A Pipeline that does nothing. */
export const noTasks: Rule = {
  code: "tekton/no-tasks",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (mayBeBrought(context)) return;
    for (const { pipeline } of pipelineSpecsOf(context)) {
      const { node } = pipeline;
      // That the field is missing, its schema says.
      if (isSet(node, "tasks") || !node.entries.some(({ key }) => key.text === "tasks")) continue;
      const hasLast = pipeline.finally.length > 0;
      const message = hasLast ? "`finally` ends tasks, and there are none." : "A Pipeline without tasks does nothing.";
      const severity = hasLast ? undefined : "warning";
      yield { place: keyPlace(node, hasLast ? "finally" : "tasks"), message, help: "Add a task to `tasks`.", severity };
    }
  },
  docs: {
    summary: "A Pipeline has no tasks.",
    explanation: "It does nothing, and with `finally` Tekton's webhook refuses it.",
    bad: sample("Pipeline", "  tasks: []\n  finally:\n  - name: report\n    taskRef:\n      name: report\n"),
    good: pipelineSample(""),
  },
};
