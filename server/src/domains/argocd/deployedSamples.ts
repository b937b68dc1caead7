/** Samples of the documentation about Applications and what lies beside them: the files of one workspace. */

/** What differs between the samples; all that is left out is right. */
export interface SampleApplication {
  readonly name?: string;
  readonly namespace?: string;
  readonly project?: string;
  readonly path?: string;
  readonly destination?: string;
  /** Lines of `spec`. */
  readonly more?: readonly string[];
}

/** The repository that `repoURL` of the samples names. */
export const repositorySample = `#- .git/HEAD
ref: refs/heads/main
#- .git/config
[remote "origin"]
	url = https://example.com/book.git
`;

/** An Application as a manifest. */
export function applicationText({
  name = "book-dev",
  namespace = "openshift-gitops",
  project = "default",
  path = "overlays/dev",
  destination = "book-dev",
  more = [],
}: SampleApplication = {}): string {
  const lines = more.map((line) => `  ${line}\n`).join("");
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  project: ${project}
  source:
    repoURL: https://example.com/book.git
    path: ${path}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${destination}
${lines}`;
}

/** A Namespace as a manifest. */
export function namespaceText(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
}

/** A ConfigMap as a manifest. */
export function configText(name: string, namespace?: string): string {
  const line = namespace === undefined ? "" : `  namespace: ${namespace}\n`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${line}data:\n  greeting: hello\n`;
}

/** A Service as a manifest. */
export function serviceText(name: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  ports:\n  - port: 8080\n  selector:\n    app: ${name}\n`;
}

/** The binding that Argo CD's controller needs in a namespace. */
export function bindingText(namespace: string, role = "admin"): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: argocd-may-deploy
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${role}
subjects:
- kind: ServiceAccount
  name: openshift-gitops-argocd-application-controller
  namespace: openshift-gitops
`;
}

/** An AppProject as a manifest, with these lines in its `spec`. */
export function projectText(...lines: readonly string[]): string {
  const spec = lines.map((line) => `  ${line}\n`).join("");
  return `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: book\n  namespace: openshift-gitops\nspec:\n${spec}`;
}
