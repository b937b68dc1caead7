import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { pipelineSpecsOf, severityOfLack } from "../objects";
import { pipelineSample } from "../samples";

/** A `runAfter` that names no task it could wait for. */
export const unknownTask: Rule = {
  code: "tekton/unknown-task",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      const names = new Set(pipeline.tasks.map(({ name }) => name));
      for (const task of pipeline.tasks) {
        for (const node of task.runAfter) {
          if (names.has(node.text) || isPlaceholder(node.text)) continue;
          const isLast = pipeline.finally.some(({ name }) => name === node.text);
          const others = [...names].filter((name) => name !== task.name);
          const suggestion = isLast ? undefined : didYouMean(node.text, others);
          yield {
            place: node.origin.place,
            message: isLast
              ? `\`${node.text}\` is a task of \`finally\`, which runs after all others.`
              : `The pipeline has no task \`${node.text}\`.`,
            help: suggestion === undefined ? "Name one of its `tasks`." : `Did you mean \`${suggestion}\`?`,
            severity: severityOfLack(context),
            data: { suggestion },
          };
        }
      }
    }
  },
  docs: {
    summary: "A `runAfter` names no task of the pipeline.",
    explanation:
      "Tekton's webhook refuses the Pipeline. Tasks of `finally` run at the end, so nothing runs after them.",
    bad: pipelineSample("    runAfter:\n    - fecth\n"),
    good: pipelineSample("    runAfter:\n    - fetch\n"),
  },
  fix: useSuggestion,
};
