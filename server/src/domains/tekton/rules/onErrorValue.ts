import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { scalarAt } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf, taskSpecsOf } from "../objects";
import { stepSample } from "../samples";

const values = ["continue", "stopAndFail"] as const;

/** A word in `onError` that Tekton does not know. */
export const onErrorValue: Rule = {
  code: "tekton/on-error-value",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const steps = [...taskSpecsOf(context)].flatMap(({ task }) => task.steps);
    const tasks = [...pipelineSpecsOf(context)].flatMap(({ pipeline }) => tasksOf(pipeline));
    for (const { node } of [...steps, ...tasks]) {
      const value = scalarAt(node, "onError");
      if (value === undefined || value.text === "" || isPlaceholder(value.text)) continue;
      if (values.some((known) => known === value.text)) continue;
      const suggestion = didYouMean(value.text, values);
      const choice = "It is `continue` or `stopAndFail`.";
      yield {
        place: value.origin.place,
        message: `\`${value.text}\` is no value of \`onError\`.`,
        help: suggestion === undefined ? choice : `Did you mean \`${suggestion}\`? ${choice}`,
        data: { suggestion },
      };
    }
  },
  docs: {
    summary: "`onError` has another value than `continue` and `stopAndFail`.",
    explanation: "Tekton's webhook refuses the Task or Pipeline. A parameter, `$(params.name)`, may also say it.",
    bad: stepSample("    onError: Continue\n"),
    good: stepSample("    onError: continue\n"),
  },
  fix: useSuggestion,
};
