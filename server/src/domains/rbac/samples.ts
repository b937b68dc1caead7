/** A sample of the documentation: a binding for the whole cluster, with these lines in its subject. */
export function reporterBinding(...lines: readonly string[]): string {
  const more = lines.map((line) => `  ${line}\n`).join("");
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reporter-views
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
- kind: ServiceAccount
  name: reporter
${more}`;
}
