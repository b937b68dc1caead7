import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { missingObjects } from "../missingObjects";

const accounts = new Set(["ServiceAccount"]);
/** Those that every namespace has; OpenShift Pipelines makes the latter. */
const given = new Set(["default", "pipeline"]);
const volumes = new Set(["Secret", "ConfigMap", "PersistentVolumeClaim"]);

/** A ServiceAccount, Secret, ConfigMap or claim of a run, task or listener that is not there. */
export const missingRunObject: Rule = {
  code: "tekton/missing-run-object",
  severity: "information",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    yield* missingObjects(context, { kinds: accounts, given, effect: "Pods cannot start without it." });
    yield* missingObjects(context, { kinds: volumes, effect: "Pods that mount it wait for it." });
  },
  docs: {
    summary:
      "A run, Task or EventListener names a ServiceAccount, Secret, ConfigMap or claim that is not in the workspace.",
    explanation:
      "Scripts and operators often make them in the cluster, so it is an information. A name that nearly is that of another object is a warning.",
    bad: "#- run.yaml\napiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata:\n  generateName: build-\nspec:\n  serviceAccountName: pipeline-robto\n  taskSpec:\n    steps:\n    - image: alpine:3.22\n#- account.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-robot\n",
    good: "#- run.yaml\napiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata:\n  generateName: build-\nspec:\n  serviceAccountName: pipeline-robot\n  taskSpec:\n    steps:\n    - image: alpine:3.22\n#- account.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-robot\n",
  },
  fix: useSuggestion,
};
