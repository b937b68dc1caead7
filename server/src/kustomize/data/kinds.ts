/**
 * The built-in kinds that Kubernetes 1.21.2's OpenAPI knows, by the row of `mergeTypes` that describes them. Only data: each
 * entry is an `apiVersion` with its kinds.
 */
export const typeOfKinds: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  CSINode: {
    "storage.k8s.io/v1": ["CSINode"],
    "storage.k8s.io/v1beta1": ["CSINode"],
  },
  ComponentStatus: {
    v1: ["ComponentStatus"],
  },
  CronJob: {
    "batch/v1": ["CronJob"],
    "batch/v1beta1": ["CronJob"],
  },
  Kustomization: {
    "kustomize.config.k8s.io/v1beta1": ["Kustomization"],
  },
  Node: {
    v1: ["Node"],
  },
  Object: {
    "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
    "apiextensions.k8s.io/v1beta1": ["CustomResourceDefinition"],
    "apps/v1": ["ControllerRevision"],
    "authentication.k8s.io/v1": ["TokenRequest", "TokenReview"],
    "authentication.k8s.io/v1beta1": ["TokenReview"],
    "authorization.k8s.io/v1": [
      "LocalSubjectAccessReview",
      "SelfSubjectAccessReview",
      "SelfSubjectRulesReview",
      "SubjectAccessReview",
    ],
    "authorization.k8s.io/v1beta1": [
      "LocalSubjectAccessReview",
      "SelfSubjectAccessReview",
      "SelfSubjectRulesReview",
      "SubjectAccessReview",
    ],
    "autoscaling/v1": ["HorizontalPodAutoscaler", "Scale"],
    "autoscaling/v2beta1": ["HorizontalPodAutoscaler"],
    "autoscaling/v2beta2": ["HorizontalPodAutoscaler"],
    "certificates.k8s.io/v1": ["CertificateSigningRequest"],
    "certificates.k8s.io/v1beta1": ["CertificateSigningRequest"],
    "coordination.k8s.io/v1": ["Lease"],
    "coordination.k8s.io/v1beta1": ["Lease"],
    "discovery.k8s.io/v1": ["EndpointSlice"],
    "discovery.k8s.io/v1beta1": ["EndpointSlice"],
    "events.k8s.io/v1": ["Event"],
    "events.k8s.io/v1beta1": ["Event"],
    "extensions/v1beta1": ["Ingress"],
    "flowcontrol.apiserver.k8s.io/v1beta1": ["FlowSchema", "PriorityLevelConfiguration"],
    "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
    "networking.k8s.io/v1beta1": ["Ingress", "IngressClass"],
    "node.k8s.io/v1": ["RuntimeClass"],
    "node.k8s.io/v1beta1": ["RuntimeClass"],
    "policy/v1beta1": ["Eviction", "PodSecurityPolicy"],
    "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    "rbac.authorization.k8s.io/v1beta1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    "scheduling.k8s.io/v1": ["PriorityClass"],
    "scheduling.k8s.io/v1beta1": ["PriorityClass"],
    "storage.k8s.io/v1": ["CSIDriver", "StorageClass", "VolumeAttachment"],
    "storage.k8s.io/v1beta1": ["CSIDriver", "CSIStorageCapacity", "StorageClass", "VolumeAttachment"],
    v1: ["Binding", "ConfigMap", "Endpoints", "Event", "LimitRange", "PersistentVolume", "ResourceQuota", "Secret"],
  },
  ObjectWithConditions: {
    "apiregistration.k8s.io/v1": ["APIService"],
    "apiregistration.k8s.io/v1beta1": ["APIService"],
    "policy/v1": ["PodDisruptionBudget"],
    "policy/v1beta1": ["PodDisruptionBudget"],
    v1: ["Namespace", "PersistentVolumeClaim"],
  },
  Pod: {
    v1: ["Pod"],
  },
  PodTemplate: {
    v1: ["PodTemplate"],
  },
  Service: {
    v1: ["Service"],
  },
  ServiceAccount: {
    v1: ["ServiceAccount"],
  },
  StatefulSet: {
    "apps/v1": ["StatefulSet"],
  },
  WebhookConfiguration: {
    "admissionregistration.k8s.io/v1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    "admissionregistration.k8s.io/v1beta1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  },
  Workload: {
    "apps/v1": ["DaemonSet", "Deployment", "ReplicaSet"],
    "batch/v1": ["Job"],
    v1: ["ReplicationController"],
  },
};

/** The built-in kinds that have no namespace, by `apiVersion`. Kustomize takes every other kind for namespaced. */
export const clusterScoped: Readonly<Record<string, readonly string[]>> = {
  "admissionregistration.k8s.io/v1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  "admissionregistration.k8s.io/v1beta1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
  "apiextensions.k8s.io/v1beta1": ["CustomResourceDefinition"],
  "apiregistration.k8s.io/v1": ["APIService"],
  "apiregistration.k8s.io/v1beta1": ["APIService"],
  "certificates.k8s.io/v1": ["CertificateSigningRequest"],
  "certificates.k8s.io/v1beta1": ["CertificateSigningRequest"],
  "flowcontrol.apiserver.k8s.io/v1beta1": ["FlowSchema", "PriorityLevelConfiguration"],
  "networking.k8s.io/v1": ["IngressClass"],
  "networking.k8s.io/v1beta1": ["IngressClass"],
  "node.k8s.io/v1": ["RuntimeClass"],
  "node.k8s.io/v1beta1": ["RuntimeClass"],
  "policy/v1beta1": ["PodSecurityPolicy"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding"],
  "rbac.authorization.k8s.io/v1beta1": ["ClusterRole", "ClusterRoleBinding"],
  "scheduling.k8s.io/v1": ["PriorityClass"],
  "scheduling.k8s.io/v1beta1": ["PriorityClass"],
  "storage.k8s.io/v1": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
  "storage.k8s.io/v1beta1": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
  v1: ["ComponentStatus", "Namespace", "Node", "NodeProxyOptions", "PersistentVolume"],
};
