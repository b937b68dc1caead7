import { documentOf, rewriteFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";
import { type DeprecatedField, modernize, modernized, typeMeta } from "../modernize";
import { fieldProblems } from "./fieldProblems";

/** Fields that Kustomize itself warns about. */
export const deprecatedField: Rule = {
  code: "kustomization/deprecated-field",
  severity: "warning",
  scope: "document",
  check: fieldProblems("kustomization/deprecated-field"),
  docs: {
    summary: "A field of the kustomization is deprecated.",
    explanation:
      "`bases`, `commonLabels`, `imageTags`, `patchesJson6902`, `patchesStrategicMerge` and `vars` still work, and a later version of Kustomize will drop them. The fix does what `kustomize edit fix` does, but keeps comments and order. `vars` must be rewritten as `replacements` by hand.",
    bad: "#- kustomization.yaml\nbases:\n- base\n#- base/kustomization.yaml\nresources:\n- a.yaml\n#- base/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
    good: "#- kustomization.yaml\nresources:\n- base\n#- base/kustomization.yaml\nresources:\n- a.yaml\n#- base/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const field = modernized.find((name) => name === finding.data?.["field"]);
    if (document === undefined || field === undefined) return [];
    const steps = (name: DeprecatedField) => modernize(document, name, context.snapshot);
    const replacement = String(finding.data?.["replacement"]);
    const one = rewriteFix(`Use '${replacement}' instead of '${field}'`, document, [...steps(field), ...typeMeta]);
    const present = modernized.filter((name) => getValue(document.root, name) !== undefined);
    if (present.length < 2) return one;
    const all = rewriteFix("Replace all deprecated fields", document, [...modernized.flatMap(steps), ...typeMeta]);
    return [...one, ...all.map((fix) => ({ ...fix, preferred: false }))];
  },
};
