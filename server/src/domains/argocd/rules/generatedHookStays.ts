import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { annotationText, valuesOf } from "../annotations";

/** A hook with a new name at each sync that nothing deletes. */
export const generatedHookStays: Rule = {
  code: "argocd/generated-hook-stays",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    // A kustomization does not take an object without a name at all.
    if (context.deployed !== "unknown") return;
    for (const { entry, set } of valuesOf(context, "argocd.argoproj.io/hook")) {
      const { object } = set;
      if (set.partial || object === undefined || textOf(entry.value) === "Skip") continue;
      const generated = getIn(object, ["metadata", "generateName"]);
      if (textOf(generated) === undefined || getIn(object, ["metadata", "name"]) !== undefined) continue;
      const policies = annotationText(object, "argocd.argoproj.io/hook-delete-policy") ?? "";
      const helm = annotationText(object, "helm.sh/hook-delete-policy") ?? "";
      if (/HookSucceeded|HookFailed/.test(policies) || /hook-(?:succeeded|failed)/.test(helm)) continue;
      yield {
        place: generated?.origin.place ?? entry.key.origin.place,
        message: "Each sync makes another object of this hook, and nothing deletes them.",
        help: "Add `argocd.argoproj.io/hook-delete-policy: HookSucceeded`.",
      };
    }
  },
  docs: {
    summary: "A hook has a `generateName`, and no policy that deletes it when it is done.",
    explanation:
      "Without a policy Argo CD deletes a hook before it makes the next one of the same name. A generated name is never the same, so that the objects pile up.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  generateName: a-\n  annotations:\n    argocd.argoproj.io/hook: PostSync\nspec:\n  containers:\n  - name: a\n    image: a\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  generateName: a-\n  annotations:\n    argocd.argoproj.io/hook: PostSync\n    argocd.argoproj.io/hook-delete-policy: HookSucceeded\nspec:\n  containers:\n  - name: a\n    image: a\n",
  },
};
