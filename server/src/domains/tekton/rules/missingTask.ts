import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { missingObjects } from "../missingObjects";

const kinds = new Set([
  "Task",
  "Pipeline",
  "StepAction",
  "TriggerBinding",
  "ClusterTriggerBinding",
  "TriggerTemplate",
  "Trigger",
]);

/** A Task, Pipeline, StepAction, binding or template that is not there. */
export const missingTask: Rule = {
  code: "tekton/missing-task",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    yield* missingObjects(context, { kinds, effect: "The run fails." });
  },
  docs: {
    summary:
      "A `taskRef`, `pipelineRef`, `ref` of a step, binding or template names an object that is not in the workspace.",
    explanation:
      "A name that nearly is that of another object is a warning. Any other name may be that of an object in the cluster, so it is an information, and only where such objects are deployed together. What resolvers fetch is not looked at here.",
    bad: "#- task.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: git-update-deployment\nspec:\n  steps:\n  - image: alpine:3.22\n    args: [update]\n#- pipeline.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: dev\nspec:\n  tasks:\n  - name: update\n    taskRef:\n      name: git-update-deploymnet\n",
    good: "#- task.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: git-update-deployment\nspec:\n  steps:\n  - image: alpine:3.22\n    args: [update]\n#- pipeline.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: dev\nspec:\n  tasks:\n  - name: update\n    taskRef:\n      name: git-update-deployment\n",
  },
  fix: useSuggestion,
};
