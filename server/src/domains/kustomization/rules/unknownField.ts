import { documentOf, pathAt, removeFix, replaceFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { fieldProblems } from "./fieldProblems";

/** A field that Kustomize does not know fails the build. */
export const unknownField: Rule = {
  code: "kustomization/unknown-field",
  severity: "error",
  scope: "document",
  check: fieldProblems("kustomization/unknown-field"),
  docs: {
    summary: "The kustomization has a field that Kustomize does not know.",
    explanation: "Kustomize reads its files strictly: a misspelt or misplaced field fails the build.",
    bad: "#- kustomization.yaml\nresources:\n- a.yaml\nnamePrefx: dev-\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
    good: "#- kustomization.yaml\nresources:\n- a.yaml\nnamePrefix: dev-\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    if (document === undefined) return [];
    const suggestion = finding.data?.["suggestion"];
    const { start, end } = finding.place;
    const path = pathAt(document, start, end);
    return [
      ...(typeof suggestion === "string" ? [replaceFix(`Change to '${suggestion}'`, finding, suggestion)] : []),
      ...(path === undefined ? [] : removeFix("Remove this field", document, path)),
    ];
  },
};
