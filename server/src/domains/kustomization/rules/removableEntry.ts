import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { FixContext, Rule, RuleDocs } from "../../../analysis/rule";

const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

/** Rules of the engine about an entry that can only be removed or rewritten: the fix removes it. */
export const removableEntries: readonly Rule[] = [
  rule("cycle", {
    summary: "A base is, or contains, the kustomization that uses it.",
    explanation: "Kustomize would never end. Remove one of the entries that lead back.",
    bad: "#- a/kustomization.yaml\nresources:\n- ../b\n#- b/kustomization.yaml\nresources:\n- ../a\n",
    good: `#- a/kustomization.yaml\nresources:\n- ../b\n#- b/kustomization.yaml\nresources:\n- a.yaml\n#- b/a.yaml\n${manifest}`,
  }),
  rule("empty-path", {
    summary: "An entry that should name a file or directory is empty.",
    explanation: "Remove the entry, or write a path.",
    bad: `#- kustomization.yaml\nresources:\n- a.yaml\n- ""\n#- a.yaml\n${manifest}`,
    good: `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\n${manifest}`,
  }),
];

function rule(name: string, docs: RuleDocs): Rule {
  return { code: `kustomization/${name}`, severity: "error", scope: "build", check: "engine", docs, fix: removeEntry };
}

function removeEntry(finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  return document === undefined || path === undefined ? [] : removeFix("Remove this entry", document, path);
}
