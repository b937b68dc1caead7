import type { Rule } from "../../../analysis/rule";
import { outdatedObjects, useNewVersion } from "../lifecycle";

/** A version of an API that is on its way out. */
export const deprecatedApi: Rule = {
  code: "core/deprecated-api",
  severity: "warning",
  scope: "document",
  check: (context) => outdatedObjects(context, "ending"),
  docs: {
    summary: "The version of the API is deprecated.",
    explanation:
      "A newer one does the same. With `gitopsAuthor.kubernetes.version`, or `kubernetesVersion` in `.gitops-author.yaml`, only what that version deprecates is reported.",
    bad: "#- a.yaml\napiVersion: batch/v1beta1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: 0 * * * *\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n          - name: a\n            image: a\n",
    good: "#- a.yaml\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: 0 * * * *\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n          - name: a\n            image: a\n",
  },
  fix: useNewVersion,
};
