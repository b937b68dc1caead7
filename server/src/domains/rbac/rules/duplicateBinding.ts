import type { Hit, Rule } from "../../../analysis/rule";
import { type DeployedBinding, deployedBindings } from "../deployedBindings";

/** A binding that says what another says already. */
export const duplicateBinding: Rule = {
  code: "rbac/duplicate-binding",
  severity: "information",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const seen = new Map<string, Map<string, DeployedBinding>>();
    for (const binding of deployedBindings(context)) {
      const { roleRef, root, name, subjects } = binding;
      // What is not deployed together may be for different clusters.
      const together = root ?? name.origin.place.file.path;
      const role = [binding.kind, binding.namespace, roleRef.kind?.text, roleRef.name?.text].join("\n");
      const key = `${together}\n${role}`;
      const given = seen.get(key) ?? new Map<string, DeployedBinding>();
      seen.set(key, given);
      const who = subjects.map(({ kind, namespace, name: subject }) =>
        [kind?.text, kind?.text === "ServiceAccount" ? (namespace?.text ?? binding.namespace) : "", subject?.text].join(
          "\n",
        ),
      );
      const first = given.get(who[0] ?? "");
      if (first !== undefined && first.name.text !== name.text && who.every((each) => given.has(each))) {
        yield {
          place: name.origin.place,
          message: `The binding \`${first.name.text}\` gives the same already.`,
          help: "Remove one of the two.",
          related: [{ place: first.name.origin.place, message: "This one." }],
        };
      }
      for (const each of who) if (!given.has(each)) given.set(each, binding);
    }
  },
  docs: {
    summary: "Two bindings of one build give the same role to the same subjects.",
    explanation: "One of them does nothing, until someone removes the other and wonders why nothing changes.",
    bad: `#- rights.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: bot-edits
  namespace: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {kind: ServiceAccount, name: bot, namespace: ci}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: bot-may-edit
  namespace: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {kind: ServiceAccount, name: bot, namespace: ci}
`,
    good: `#- rights.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: bot-edits
  namespace: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {kind: ServiceAccount, name: bot, namespace: ci}
`,
  },
};
