/** Roles that a cluster brings along, and those of OpenShift and its pipelines. */
const builtIn: ReadonlySet<string> = new Set([
  ..."cluster-admin admin edit view".split(" "),
  ..."basic-user cluster-reader cluster-status self-access-reviewer self-provisioner storage-admin sudoer".split(" "),
  ..."registry-admin registry-editor registry-viewer registry-monitoring cluster-debugger".split(" "),
  ..."cluster-monitoring-view cluster-monitoring-operator monitoring-edit monitoring-rules-edit monitoring-rules-view".split(
    " ",
  ),
  ..."pipelines-scc-clusterrole openshift-pipelines-clusterinterceptors".split(" "),
]);

/** Whether a ClusterRole exists without anybody writing it. */
export function isBuiltInRole(name: string): boolean {
  return builtIn.has(name) || name.startsWith("system:") || name.startsWith("kubeadm:");
}

/** The built-in names, for those that come close. */
export const builtInRoles: Iterable<string> = builtIn;

/** Roles that Kubernetes itself makes in its own namespaces. */
export function isBuiltInNamespacedRole(name: string, namespace: string | undefined): boolean {
  if (name.includes(":")) return true;
  return name === "extension-apiserver-authentication-reader" && (namespace ?? "kube-system") === "kube-system";
}
