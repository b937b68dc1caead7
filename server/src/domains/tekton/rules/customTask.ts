import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { scalarAt } from "../../../tekton/field";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { pipelineSample } from "../samples";

/** A task that is a custom one by its kind, and does not say of which API. */
export const customTask: Rule = {
  code: "tekton/custom-task",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { taskRef, taskSpec } of tasksOf(pipeline)) {
        const what = taskRef ?? taskSpec;
        const kind = scalarAt(what?.node, "kind");
        const apiVersion = scalarAt(what?.node, "apiVersion");
        if (what === undefined || kind?.text === "ClusterTask") continue;
        if (apiVersion !== undefined && apiVersion.text !== "") {
          if (isPlaceholder(apiVersion.text)) continue;
          if (!/^[^/]+\/[^/]+$/.test(apiVersion.text)) {
            const message = `\`${apiVersion.text}\` is no apiVersion of a custom task.`;
            yield { place: apiVersion.origin.place, message, help: "Write it as `group/version`." };
          } else if (taskSpec !== undefined && taskRef === undefined && (kind?.text ?? "") === "") {
            const message = "The custom task does not say its `kind`.";
            yield { place: keyPlace(what.node, "apiVersion"), message, help: "Add `kind`." };
          }
        } else if (kind !== undefined && !["", "Task"].includes(kind.text) && !isPlaceholder(kind.text)) {
          const suggestion = taskRef === undefined ? undefined : didYouMean(kind.text, ["Task"]);
          yield {
            place: kind.origin.place,
            message: `\`${kind.text}\` is no kind of Tekton's own, and the API that it belongs to is missing.`,
            help:
              suggestion === undefined ? "Add the `apiVersion` of the custom task." : `Did you mean \`${suggestion}\`?`,
            data: { suggestion },
          };
        }
      }
    }
  },
  docs: {
    summary: "A task of a pipeline is a custom task, and its `apiVersion` or `kind` is missing or misspelt.",
    explanation:
      "Every kind other than `Task` is one that some other controller runs. Tekton's webhook demands its `apiVersion`, as `group/version`.",
    bad: pipelineSample("").replace("name: git-clone", "kind: task\n      name: git-clone"),
    good: pipelineSample("").replace("name: git-clone", "kind: Task\n      name: git-clone"),
  },
  fix: useSuggestion,
};
