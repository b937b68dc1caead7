import { isFullyKnown, isLeftOut } from "../../../analysis/deployedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { knownNames } from "../../../analysis/knownNames";
import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { insertEntry } from "../../../yaml/edit";
import { deployedBindings } from "../deployedBindings";
import { reporterBinding } from "../samples";

/** A ServiceAccount as a subject, without the namespace in which it is. */
export const subjectWithoutNamespace: Rule = {
  code: "rbac/subject-without-namespace",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const accounts = knownNames(context, "", "ServiceAccount");
    for (const binding of deployedBindings(context)) {
      for (const { kind, name, namespace } of binding.subjects) {
        if (kind?.text !== "ServiceAccount" || name === undefined || namespace !== undefined) continue;
        const [only, ...others] = accounts.namespacesOf.get(name.text) ?? [];
        const suggestion = others.length === 0 ? (only ?? binding.namespace) : binding.namespace;
        const place = name.origin.place;
        if (binding.kind === "RoleBinding") {
          const message = "Without a namespace, the ServiceAccount of the binding's own namespace is meant.";
          yield { place, message, help: "Say the namespace.", severity: "hint", data: { suggestion } };
          continue;
        }
        if (!isFullyKnown(context, binding)) continue;
        const isOpen = accounts.namespacesOf.get(name.text)?.has(undefined) === true;
        const severity = isLeftOut(context.snapshot, binding) ? "information" : isOpen ? "warning" : undefined;
        const message = "A ClusterRoleBinding belongs to no namespace, so it has to say that of the ServiceAccount.";
        const help = suggestion === undefined ? "Add `namespace`." : `Add \`namespace: ${suggestion}\`.`;
        yield { place, message, help, severity, data: { suggestion } };
      }
    }
  },
  fix: addNamespace,
  docs: {
    summary: "A subject names a ServiceAccount without its namespace.",
    explanation:
      "The API server refuses that in a ClusterRoleBinding. In a RoleBinding it means the binding's own namespace, which is a hint only. It is a warning where the ServiceAccount has no namespace either, so that whoever builds on both may give them one. Kustomize's `namespace` fills it in where the ServiceAccount is part of the same build.",
    bad: `#- binding.yaml\n${reporterBinding()}`,
    good: `#- binding.yaml\n${reporterBinding("namespace: web")}`,
  },
};

function addNamespace(finding: Finding, context: FixContext): readonly Fix[] {
  const value = finding.data?.["suggestion"];
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  if (typeof value !== "string" || document === undefined || path === undefined) return [];
  const edits = insertEntry(document, path.slice(0, -1), { key: "namespace", value });
  return fixOf(`Add 'namespace: ${value}'`, document.file, edits, true);
}
