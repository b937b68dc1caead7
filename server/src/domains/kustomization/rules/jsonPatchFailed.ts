import type { Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";

const sample = (path: string): string =>
  `#- kustomization.yaml\npatches:\n- target:\n    kind: Deployment\n  patch: |-\n    - op: replace\n      path: ${path}\n      value: 3\nresources:\n- web.yaml\n#- web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      priority: 1\n`;

/** An operation of a JSON patch that does not fit its object; the engine says at which step of the path. */
export const jsonPatchFailed: Rule = {
  code: "kustomization/json-patch-failed",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "A JSON patch cannot be applied to its object.",
    explanation:
      "The path must exist for `remove` and `test`, and the parents of the path for `add` and `replace`, as the object is when the patch runs: after the patches before it. The finding stands at the step of the path that is not there.",
    bad: sample("/spec/templte/spec/priority"),
    good: sample("/spec/template/spec/priority"),
  },
  fix: useSuggestion,
};
