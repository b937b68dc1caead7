import { isFullyKnown } from "../../../analysis/deployedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, fixOf } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { rbacGroup } from "../../../kubernetes/bindings";
import { insertEntry } from "../../../yaml/edit";
import { getIn } from "../../../yaml/node";
import { deployedBindings, renderedBeside } from "../deployedBindings";
import { readerBinding, readerRole } from "../samples";

const listed = "#- kustomization.yaml\nresources:\n- rights.yaml\n#- rights.yaml\n";

/** A RoleBinding without a namespace, whose Role has one. */
export const bindingWithoutNamespace: Rule = {
  code: "rbac/binding-without-namespace",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const binding of deployedBindings(context)) {
      const { kind, namespace, roleRef, name } = binding;
      if (kind !== "RoleBinding" || namespace !== undefined || roleRef.kind?.text !== "Role") continue;
      if (!isFullyKnown(context, binding)) continue;
      const wanted = roleRef.name?.text;
      const roles = renderedBeside(context, binding, rbacGroup, "Role").filter(({ id }) => id.name === wanted);
      const [first] = roles;
      if (first === undefined || roles.some(({ id }) => id.namespace !== first.id.namespace)) continue;
      const home = first.id.namespace;
      if (home === "") continue;
      yield {
        place: name.origin.place,
        message: `The binding has no namespace, but its Role \`${wanted}\` is in \`${home}\`: it finds it only when it is applied there.`,
        help: `Add \`namespace: ${home}\`.`,
        data: { home },
      };
    }
  },
  fix: addNamespace,
  docs: {
    summary: "A RoleBinding is deployed without a namespace, while its Role has one.",
    explanation:
      "It goes into whatever namespace is current when it is applied. A RoleBinding finds a Role of its own namespace only.",
    bad: `${listed}${readerRole}---\n${readerBinding()}`,
    good: `${listed}${readerRole}---\n${readerBinding("web")}`,
  },
};

function addNamespace(finding: Finding, context: FixContext): readonly Fix[] {
  const home = finding.data?.["home"];
  const document = documentOf(finding, context);
  if (typeof home !== "string" || document === undefined) return [];
  // An item of a list stands deeper.
  if (getIn(document.root, ["metadata", "name"])?.origin.place.start !== finding.place.start) return [];
  const edits = insertEntry(document, ["metadata"], { key: "namespace", value: home });
  return fixOf(`Add 'namespace: ${home}'`, document.file, edits, true);
}
