import type { Hit, Rule } from "../../../analysis/rule";
import { scalarsWithin } from "../../../tekton/scalarsWithin";
import { findVariables, placeOfVariable } from "../../../tekton/variables";
import { wholeObjectsOf } from "../objects";
import { sample } from "../samples";

/** A parameter of a run that is to be the result of a task of that run. */
export const resultInRun: Rule = {
  code: "tekton/result-in-run",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, run } of wholeObjectsOf(context)) {
      if (kind !== "PipelineRun") continue;
      for (const scalar of run?.params.flatMap(({ value }) => [...scalarsWithin(value)]) ?? []) {
        for (const variable of findVariables(scalar.text)) {
          if (variable.names[0] !== "tasks" || variable.names[2] !== "results") continue;
          yield {
            place: placeOfVariable(scalar, variable),
            message: "A PipelineRun cannot name results: no task has run when its parameters are read.",
            help: "Name the result in the `params` of the task that needs it.",
          };
        }
      }
    }
  },
  docs: {
    summary: "A parameter of a PipelineRun names the result of a task.",
    explanation: "Tekton's webhook refuses the PipelineRun.",
    bad: sample(
      "PipelineRun",
      "  pipelineRef:\n    name: build\n  params:\n  - name: image\n    value: $(tasks.build.results.image)\n",
    ),
    good: sample(
      "PipelineRun",
      "  pipelineRef:\n    name: build\n  params:\n  - name: image\n    value: registry.example.com/app\n",
    ),
  },
};
