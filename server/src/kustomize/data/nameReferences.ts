import type { FieldSpecRow } from "./fieldSpecs";

/** The fields that hold the name of an object of one kind, and follow it when it is renamed. */
export interface NameReferenceRow {
  readonly kind: string;
  readonly version?: string;
  readonly group?: string;
  readonly fields: readonly FieldSpecRow[];
}

/** The fields of a pod that name a ConfigMap. */
const configMapFields = [
  "volumes/configMap/name",
  "containers/env/valueFrom/configMapKeyRef/name",
  "initContainers/env/valueFrom/configMapKeyRef/name",
  "containers/envFrom/configMapRef/name",
  "initContainers/envFrom/configMapRef/name",
  "volumes/projected/sources/configMap/name",
] as const;

/** The fields of a pod that name a Secret. */
const secretFields = [
  "volumes/secret/secretName",
  "containers/env/valueFrom/secretKeyRef/name",
  "initContainers/env/valueFrom/secretKeyRef/name",
  "containers/envFrom/secretRef/name",
  "initContainers/envFrom/secretRef/name",
  "imagePullSecrets/name",
  "volumes/projected/sources/secret/name",
] as const;

/** Workloads as the entries for ConfigMap and Secret list them. */
const configuredWorkloads = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"] as const;

/** Workloads as the entries for ServiceAccount, PersistentVolumeClaim and PriorityClass list them. */
const otherWorkloads = ["StatefulSet", "Deployment", "ReplicationController", "Job", "DaemonSet"] as const;

const cronJobPod = "spec/jobTemplate/spec/template/spec";

const scaleTarget: readonly FieldSpecRow[] = [
  { kinds: ["HorizontalPodAutoscaler"], paths: ["spec/scaleTargetRef/name"] },
];
const rbac = "rbac.authorization.k8s.io";
const admission = "admissionregistration.k8s.io";

/** The name references of Kustomize 5.8.1 when nothing else is configured. */
export const nameReferences: readonly NameReferenceRow[] = [
  { kind: "Deployment", fields: scaleTarget },
  { kind: "ReplicationController", fields: scaleTarget },
  { kind: "ReplicaSet", fields: scaleTarget },
  { kind: "StatefulSet", fields: scaleTarget },
  {
    kind: "ConfigMap",
    version: "v1",
    fields: [
      { version: "v1", kinds: ["Pod"], below: "spec", paths: configMapFields },
      { kinds: ["PodTemplate"], below: "template/spec", paths: configMapFields },
      { kinds: configuredWorkloads, below: "spec/template/spec", paths: configMapFields },
      { kinds: ["CronJob"], below: cronJobPod, paths: configMapFields },
      { kinds: ["Node"], paths: ["spec/configSource/configMap"] },
      { kinds: ["Role", "ClusterRole"], paths: ["rules/resourceNames"] },
      { kinds: ["Ingress"], paths: ["metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"] },
    ],
  },
  {
    kind: "Secret",
    version: "v1",
    fields: [
      { version: "v1", kinds: ["Pod"], below: "spec", paths: secretFields },
      { kinds: ["PodTemplate"], below: "template/spec", paths: secretFields },
      { kinds: configuredWorkloads, below: "spec/template/spec", paths: secretFields },
      { kinds: ["CronJob"], below: cronJobPod, paths: secretFields },
      {
        kinds: ["Ingress"],
        paths: [
          "spec/tls/secretName",
          "metadata/annotations/ingress.kubernetes.io\\/auth-secret",
          "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret",
          "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret",
        ],
      },
      { kinds: ["ServiceAccount"], paths: ["imagePullSecrets/name"] },
      {
        kinds: ["StorageClass"],
        paths: [
          "parameters/secretName",
          "parameters/adminSecretName",
          "parameters/userSecretName",
          "parameters/secretRef",
        ],
      },
      { kinds: ["Role", "ClusterRole"], paths: ["rules/resourceNames"] },
      {
        group: "serving.knative.dev",
        version: "v1",
        kinds: ["Service"],
        paths: ["spec/template/spec/containers/env/valueFrom/secretKeyRef/name"],
      },
      { kinds: ["PersistentVolume"], paths: ["spec/azureFile/secretName"] },
    ],
  },
  {
    kind: "Service",
    version: "v1",
    fields: [
      { group: "apps", kinds: ["StatefulSet"], paths: ["spec/serviceName"] },
      {
        kinds: ["Ingress"],
        paths: [
          "spec/rules/http/paths/backend/serviceName",
          "spec/backend/serviceName",
          "spec/rules/http/paths/backend/service/name",
          "spec/defaultBackend/service/name",
        ],
      },
      { group: "apiregistration.k8s.io", kinds: ["APIService"], paths: ["spec/service/name"] },
      {
        group: admission,
        kinds: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
        paths: ["webhooks/clientConfig/service"],
      },
    ],
  },
  { kind: "Role", group: rbac, fields: [{ group: rbac, kinds: ["RoleBinding"], paths: ["roleRef/name"] }] },
  {
    kind: "ClusterRole",
    group: rbac,
    fields: [{ group: rbac, kinds: ["RoleBinding", "ClusterRoleBinding"], paths: ["roleRef/name"] }],
  },
  {
    kind: "ServiceAccount",
    version: "v1",
    fields: [
      { group: rbac, kinds: ["RoleBinding", "ClusterRoleBinding"], paths: ["subjects"] },
      { kinds: ["Pod"], paths: ["spec/serviceAccountName"] },
      { kinds: otherWorkloads, paths: ["spec/template/spec/serviceAccountName"] },
      { kinds: ["CronJob"], paths: ["spec/jobTemplate/spec/template/spec/serviceAccountName"] },
    ],
  },
  {
    kind: "PersistentVolumeClaim",
    version: "v1",
    fields: [
      { kinds: ["Pod"], paths: ["spec/volumes/persistentVolumeClaim/claimName"] },
      { kinds: otherWorkloads, paths: ["spec/template/spec/volumes/persistentVolumeClaim/claimName"] },
      { kinds: ["CronJob"], paths: ["spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName"] },
    ],
  },
  {
    kind: "PersistentVolume",
    version: "v1",
    fields: [
      { kinds: ["PersistentVolumeClaim"], paths: ["spec/volumeName"] },
      { kinds: ["ClusterRole"], paths: ["rules/resourceNames"] },
    ],
  },
  {
    kind: "StorageClass",
    version: "v1",
    group: "storage.k8s.io",
    fields: [
      { kinds: ["PersistentVolume", "PersistentVolumeClaim"], paths: ["spec/storageClassName"] },
      { kinds: ["StatefulSet"], paths: ["spec/volumeClaimTemplates/spec/storageClassName"] },
    ],
  },
  {
    kind: "PriorityClass",
    version: "v1",
    group: "scheduling.k8s.io",
    fields: [
      { kinds: ["Pod"], paths: ["spec/priorityClassName"] },
      { kinds: otherWorkloads, paths: ["spec/template/spec/priorityClassName"] },
      { kinds: ["CronJob"], paths: ["spec/jobTemplate/spec/template/spec/priorityClassName"] },
    ],
  },
  {
    kind: "IngressClass",
    version: "v1",
    // Upstream writes the version into the group here, so this entry never meets an object; kept as it is.
    group: "networking.k8s.io/v1",
    fields: [{ kinds: ["Ingress"], paths: ["spec/ingressClassName"] }],
  },
  {
    kind: "ValidatingAdmissionPolicy",
    group: admission,
    fields: [{ group: admission, kinds: ["ValidatingAdmissionPolicyBinding"], paths: ["spec/policyName"] }],
  },
];
