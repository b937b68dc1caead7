import type { Rule } from "../../../analysis/rule";
import { outdatedObjects, useNewVersion } from "../lifecycle";

/** A version of an API that the Kubernetes of the settings does not serve. */
export const removedApi: Rule = {
  code: "core/removed-api",
  severity: "error",
  scope: "document",
  check: (context) => outdatedObjects(context, "gone"),
  docs: {
    summary: "The version of Kubernetes in the settings does not serve this version of the API any more.",
    explanation:
      "Name the version of your clusters in `gitopsAuthor.kubernetes.version`, or as `kubernetesVersion` in `.gitops-author.yaml`.",
    bad: '#- .gitops-author.yaml\nkubernetesVersion: "1.30"\n#- a.yaml\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: a\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels: {app: a}\n',
    good: '#- .gitops-author.yaml\nkubernetesVersion: "1.30"\n#- a.yaml\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: a\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels: {app: a}\n',
  },
  fix: useNewVersion,
};
