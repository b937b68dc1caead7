/**
 * The fields that Kustomize 5.8.1's transformers touch when nothing else is configured. Only data: a row stands for the
 * product of its kinds and paths; no kinds means every kind.
 */
export interface FieldSpecRow {
  readonly group?: string;
  readonly version?: string;
  readonly kinds?: readonly string[];
  /** Where the paths begin; absent: at the object itself. */
  readonly below?: string;
  readonly paths: readonly string[];
  /** Missing fields are made. */
  readonly create?: true;
}

export const namePrefix: readonly FieldSpecRow[] = [{ paths: ["metadata/name"] }];

export const nameSuffix: readonly FieldSpecRow[] = namePrefix;

export const namespace: readonly FieldSpecRow[] = [
  { kinds: ["Namespace"], paths: ["metadata/name"], create: true },
  { group: "apiregistration.k8s.io", kinds: ["APIService"], paths: ["spec/service/namespace"], create: true },
  {
    group: "apiextensions.k8s.io",
    kinds: ["CustomResourceDefinition"],
    paths: ["spec/conversion/webhook/clientConfig/service/namespace"],
  },
];

/** What `includeTemplates` adds to the labels of an object itself. */
export const templateLabels: readonly FieldSpecRow[] = [
  { paths: ["metadata/labels"], create: true },
  { version: "v1", kinds: ["ReplicationController"], paths: ["spec/template/metadata/labels"], create: true },
  { kinds: ["Deployment", "ReplicaSet", "DaemonSet"], paths: ["spec/template/metadata/labels"], create: true },
  {
    group: "apps",
    kinds: ["StatefulSet"],
    paths: ["spec/template/metadata/labels", "spec/volumeClaimTemplates[]/metadata/labels"],
    create: true,
  },
  { group: "batch", kinds: ["Job"], paths: ["spec/template/metadata/labels"], create: true },
  {
    group: "batch",
    kinds: ["CronJob"],
    paths: ["spec/jobTemplate/metadata/labels", "spec/jobTemplate/spec/template/metadata/labels"],
    create: true,
  },
];

/** What `commonLabels` and `includeSelectors` touch: selectors, then all that {@link templateLabels} has. */
export const commonLabels: readonly FieldSpecRow[] = [
  { version: "v1", kinds: ["Service", "ReplicationController"], paths: ["spec/selector"], create: true },
  { kinds: ["Deployment", "ReplicaSet", "DaemonSet"], paths: ["spec/selector/matchLabels"], create: true },
  { group: "apps", kinds: ["StatefulSet"], paths: ["spec/selector/matchLabels"], create: true },
  {
    group: "apps",
    kinds: ["Deployment", "StatefulSet"],
    paths: [
      "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
      "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
      "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
      "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
      "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels",
    ],
  },
  { group: "batch", kinds: ["Job"], paths: ["spec/selector/matchLabels"] },
  { group: "batch", kinds: ["CronJob"], paths: ["spec/jobTemplate/spec/selector/matchLabels"] },
  { group: "policy", kinds: ["PodDisruptionBudget"], paths: ["spec/selector/matchLabels"] },
  {
    group: "networking.k8s.io",
    kinds: ["NetworkPolicy"],
    paths: [
      "spec/podSelector/matchLabels",
      "spec/ingress/from/podSelector/matchLabels",
      "spec/egress/to/podSelector/matchLabels",
    ],
  },
  ...templateLabels,
];

export const commonAnnotations: readonly FieldSpecRow[] = [
  { paths: ["metadata/annotations"], create: true },
  { version: "v1", kinds: ["ReplicationController"], paths: ["spec/template/metadata/annotations"], create: true },
  {
    kinds: ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"],
    paths: ["spec/template/metadata/annotations"],
    create: true,
  },
  { group: "batch", kinds: ["Job"], paths: ["spec/template/metadata/annotations"], create: true },
  {
    group: "batch",
    kinds: ["CronJob"],
    paths: ["spec/jobTemplate/metadata/annotations", "spec/jobTemplate/spec/template/metadata/annotations"],
    create: true,
  },
];

/** Besides these, every `containers` and `initContainers` list is searched, wherever it stands. */
export const images: readonly FieldSpecRow[] = [
  {
    paths: [
      "spec/containers[]/image",
      "spec/initContainers[]/image",
      "spec/volumes[]/image/reference",
      "spec/template/spec/containers[]/image",
      "spec/template/spec/initContainers[]/image",
      "spec/template/spec/volumes[]/image/reference",
    ],
    create: true,
  },
];

export const replicas: readonly FieldSpecRow[] = [
  {
    kinds: ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"],
    paths: ["spec/replicas"],
    create: true,
  },
];
