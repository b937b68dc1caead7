import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { fieldsAt, scalarAt } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { wholeObjectsOf } from "../objects";
import { sample } from "../samples";

/** Settings of a PipelineRun for a task that its own pipeline does not have. */
export const unknownTaskRunSpec: Rule = {
  code: "tekton/unknown-task-run-spec",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { run } of wholeObjectsOf(context)) {
      if (run?.pipelineSpec === undefined) continue;
      const names = new Set(tasksOf(run.pipelineSpec).map(({ name }) => name));
      for (const { node } of fieldsAt(run, "taskRunSpecs")) {
        const name = scalarAt(node, "pipelineTaskName");
        if (name === undefined || names.has(name.text) || isPlaceholder(name.text)) continue;
        const suggestion = didYouMean(name.text, names);
        yield {
          place: name.origin.place,
          message: `The pipeline has no task \`${name.text}\`.`,
          help: suggestion === undefined ? "Name one of its tasks." : `Did you mean \`${suggestion}\`?`,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "`taskRunSpecs` names a task that the `pipelineSpec` of the run does not have.",
    explanation: "The PipelineRun fails with `InvalidTaskRunSpecs`.",
    bad: sample(
      "PipelineRun",
      "  pipelineSpec:\n    tasks:\n    - name: build\n      taskRef:\n        name: build\n  taskRunSpecs:\n  - pipelineTaskName: biuld\n    serviceAccountName: builder\n",
    ),
    good: sample(
      "PipelineRun",
      "  pipelineSpec:\n    tasks:\n    - name: build\n      taskRef:\n        name: build\n  taskRunSpecs:\n  - pipelineTaskName: build\n    serviceAccountName: builder\n",
    ),
  },
  fix: useSuggestion,
};
