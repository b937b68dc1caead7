/** A binding in a sample of the documentation. */
export interface SampleBinding {
  readonly name: string;
  /** That of a RoleBinding; without it it is a ClusterRoleBinding. */
  readonly namespace?: string | undefined;
  /** Kind and name of the role, for example `ClusterRole view`. */
  readonly role: string;
  /** The lines of its only subject. */
  readonly subject: readonly string[];
}

/** A binding for the samples of the documentation. */
export function bindingSample({ name, namespace, role, subject }: SampleBinding): string {
  const [roleKind, roleName] = role.split(" ");
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${namespace === undefined ? "ClusterRoleBinding" : "RoleBinding"}
metadata:
  name: ${name}
${namespace === undefined ? "" : `  namespace: ${namespace}\n`}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${roleKind}
  name: ${roleName}
subjects:
- ${subject.join("\n  ")}
`;
}

/** A binding for the whole cluster that gives rights to a ServiceAccount, with these lines behind its name. */
export function reporterBinding(...lines: readonly string[]): string {
  return bindingSample({
    name: "reporter-views",
    role: "ClusterRole view",
    subject: ["kind: ServiceAccount", "name: reporter", ...lines],
  });
}
