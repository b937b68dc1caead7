import type { Hit, Rule } from "../../../analysis/rule";
import { obstaclesOf } from "../migration";
import { wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { sample } from "../samples";

/** Fields of v1beta1 that Tekton has dropped; those of v1 never had them, as their schema says. */
export const removedField: Rule = {
  code: "tekton/removed-field",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      if (object.version !== "v1beta1" || object.kind === "CustomRun" || object.kind === "StepAction") continue;
      for (const { node, key } of obstaclesOf(object)) {
        // What the schema does not know either, it reports itself.
        if (key === "inputs" || key === "outputs") continue;
        const isCondition = key === "conditions";
        const message = isCondition
          ? "Conditions are gone since Tekton 0.41."
          : "PipelineResources are gone since Tekton 0.44.";
        const help = isCondition
          ? "Write the condition as `when`."
          : "Use workspaces, parameters, and Tasks such as `git-clone`.";
        yield { place: keyPlace(node, key), message, help };
      }
    }
  },
  docs: {
    summary: "An object uses PipelineResources or Conditions.",
    explanation:
      "Tekton's webhook refuses both. What a PipelineResource brought, a Task such as `git-clone` puts into a workspace; a Condition becomes a `when`.",
    bad: sample(
      "Task",
      "  resources:\n    inputs:\n    - name: source\n      type: git\n  steps:\n  - image: alpine:3.22\n",
      "tekton.dev/v1beta1",
    ),
    good: sample("Task", "  workspaces:\n  - name: source\n  steps:\n  - image: alpine:3.22\n", "tekton.dev/v1beta1"),
  },
};
