import type { Hit, Rule } from "../../../analysis/rule";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { pipelineSample } from "../samples";

/** A Task that is taken for a custom one, because the reference says its apiVersion. */
export const taskApiVersion: Rule = {
  code: "tekton/task-api-version",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { taskRef } of tasksOf(pipeline)) {
        if (taskRef === undefined || !taskRef.apiVersion?.text.startsWith("tekton.dev/")) continue;
        if (!["", "Task"].includes(taskRef.kind?.text ?? "")) continue;
        const message = "With an `apiVersion`, Tekton takes this for a custom task, which nobody runs.";
        yield { place: keyPlace(taskRef.node, "apiVersion"), message, help: "Remove `apiVersion`." };
      }
    }
  },
  docs: {
    summary: "A `taskRef` in a pipeline names a Task together with its apiVersion.",
    explanation:
      "An `apiVersion` in a `taskRef` is how custom tasks are told from Tasks, even where it is Tekton's own. The pipeline makes a CustomRun that no controller picks up, and waits until its timeout.",
    bad: pipelineSample("").replace(
      "name: git-clone",
      "apiVersion: tekton.dev/v1\n      kind: Task\n      name: git-clone",
    ),
    good: pipelineSample("").replace("name: git-clone", "kind: Task\n      name: git-clone"),
  },
  fix: removeField,
};
