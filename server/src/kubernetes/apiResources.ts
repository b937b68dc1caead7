/**
 * The resources that Kubernetes itself serves, by API group: the plural names that rules of roles use. Groups that aggregated servers or
 * custom resources fill are not here, nor groups that are gone (`extensions`): of those nobody knows all.
 */
export const apiResources: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    "": "bindings componentstatuses configmaps endpoints events limitranges namespaces nodes persistentvolumeclaims persistentvolumes pods podtemplates replicationcontrollers resourcequotas secrets serviceaccounts services",
    "admissionregistration.k8s.io":
      "mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations",
    "apiextensions.k8s.io": "customresourcedefinitions",
    "apiregistration.k8s.io": "apiservices",
    apps: "controllerrevisions daemonsets deployments replicasets statefulsets",
    "authentication.k8s.io": "selfsubjectreviews tokenreviews",
    "authorization.k8s.io":
      "localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews",
    autoscaling: "horizontalpodautoscalers",
    batch: "cronjobs jobs",
    "certificates.k8s.io": "certificatesigningrequests clustertrustbundles podcertificaterequests",
    "coordination.k8s.io": "leasecandidates leases",
    "discovery.k8s.io": "endpointslices",
    "events.k8s.io": "events",
    "flowcontrol.apiserver.k8s.io": "flowschemas prioritylevelconfigurations",
    "networking.k8s.io": "ingressclasses ingresses ipaddresses networkpolicies servicecidrs",
    "node.k8s.io": "runtimeclasses",
    policy: "poddisruptionbudgets podsecuritypolicies",
    "rbac.authorization.k8s.io": "clusterrolebindings clusterroles rolebindings roles",
    "resource.k8s.io": "deviceclasses devicetaintrules resourceclaims resourceclaimtemplates resourceslices",
    "scheduling.k8s.io": "priorityclasses",
    "storage.k8s.io":
      "csidrivers csinodes csistoragecapacities storageclasses volumeattachments volumeattributesclasses",
  }).map(([group, names]) => [group, new Set(names.split(" "))]),
);

/** Of these, the ones that live in no namespace; a Namespace itself counts as living in itself when rights are checked. */
export const clusterResources: ReadonlySet<string> = new Set(
  (
    "componentstatuses nodes persistentvolumes mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations " +
    "validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations customresourcedefinitions apiservices " +
    "selfsubjectreviews tokenreviews selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews certificatesigningrequests " +
    "clustertrustbundles flowschemas prioritylevelconfigurations ingressclasses ipaddresses servicecidrs runtimeclasses podsecuritypolicies " +
    "clusterrolebindings clusterroles deviceclasses devicetaintrules resourceslices priorityclasses csidrivers csinodes storageclasses " +
    "volumeattachments volumeattributesclasses"
  ).split(" "),
);

/** The groups of Kubernetes that serve a resource. */
export function groupsOf(resource: string): readonly string[] {
  return [...apiResources].filter(([, names]) => names.has(resource)).map(([group]) => group);
}

/** The resource that a word means when it is written as a kind or in the singular: `deployments` for `Deployment`. */
export function pluralOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  const forms = [lower, `${lower}s`, `${lower}es`, lower.replace(/y$/, "ies")];
  const plural = forms.find((form) => groupsOf(form).length > 0);
  return plural === word ? undefined : plural;
}
