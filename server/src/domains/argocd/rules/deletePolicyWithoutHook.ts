import type { Hit, Rule } from "../../../analysis/rule";
import { annotationText, valuesOf } from "../annotations";
import { removeField } from "../fixes";

/** A policy for deleting a hook on what is no hook. */
export const deletePolicyWithoutHook: Rule = {
  code: "argocd/delete-policy-without-hook",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { entry, set } of valuesOf(context, "argocd.argoproj.io/hook-delete-policy")) {
      if (set.partial || set.object === undefined || context.deployed === "changed") continue;
      const isHook = ["argocd.argoproj.io/hook", "helm.sh/hook"].some(
        (key) => annotationText(set.object, key) !== undefined,
      );
      if (isHook) continue;
      yield {
        place: entry.key.origin.place,
        message: "The object is no hook, so it has no policy for deleting it.",
        help: "Add `argocd.argoproj.io/hook`, or remove this annotation.",
      };
    }
  },
  docs: {
    summary: "An object has `argocd.argoproj.io/hook-delete-policy` and no `argocd.argoproj.io/hook`.",
    explanation: "The policy does nothing: the object is applied in the sync like any other, and stays.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/hook-delete-policy: HookSucceeded\n",
    good: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/hook: PreSync\n    argocd.argoproj.io/hook-delete-policy: HookSucceeded\n",
  },
  fix: removeField,
};
