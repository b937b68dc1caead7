import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

/** The same object twice in one build, mostly because a file is listed twice. */
export const duplicateResource: Rule = {
  code: "kustomization/duplicate-resource",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "Two objects of one build have the same group, version, kind, namespace and name.",
    explanation:
      "A file or base may be listed twice, or come in through two bases. Remove one of them, or make it a patch.",
    bad: `#- kustomization.yaml\nresources:\n- a.yaml\n- b.yaml\n#- a.yaml\n${configMap}#- b.yaml\n${configMap}`,
    good: `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\n${configMap}`,
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const { file, start, end } = finding.place;
    const path = document && pathAt(document, start, end);
    const references = context.snapshot.facts(file.path).references;
    const own = references.find(({ place }) => start <= place.start && place.end <= end);
    if (document === undefined || path === undefined || own === undefined) return [];
    const twin = references.some(({ target, place }) => target === own.target && place.start !== own.place.start);
    return removeFix("Remove this entry", document, path).map((fix) => ({ ...fix, preferred: twin }));
  },
};
