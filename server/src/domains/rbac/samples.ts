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

/** A Role of a sample. */
export const readerRole = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: web
rules:
- {apiGroups: [""], resources: [pods], verbs: [get]}
`;

/** The binding that gives it to developers. */
export function readerBinding(namespace?: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: developers-read
${namespace === undefined ? "" : `  namespace: ${namespace}\n`}roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
- {kind: Group, name: developers}
`;
}
