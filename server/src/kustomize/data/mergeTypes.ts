/**
 * What the OpenAPI document of Kubernetes 1.21.2 (the one inside of Kustomize 5.8.1) says about merging lists. Only data: a
 * type stands here when it, or something below it, has a list with merge keys. Types of the same shape share one row.
 */
export interface MergeField {
  /** The type of the value, or of the list's elements. */
  readonly of?: string;
  /** The value is a list: with the keys its elements are merged by, none for a set of scalars, `undefined` when replaced. */
  readonly list?: true;
  readonly keys?: readonly string[];
}

const byName: MergeField = { list: true, keys: ["name"] };
const byType: MergeField = { list: true, keys: ["type"] };
const set: MergeField = { list: true, keys: [] };
const metadata: MergeField = { of: "ObjectMeta" };
const status: MergeField = { of: "Conditions" };

export const mergeTypes: Readonly<Record<string, Readonly<Record<string, MergeField>>>> = {
  ObjectMeta: { finalizers: set, ownerReferences: { list: true, keys: ["uid"] } },
  Conditions: { conditions: byType },
  Container: {
    env: byName,
    ports: { list: true, keys: ["containerPort", "protocol"] },
    volumeDevices: { list: true, keys: ["devicePath"] },
    volumeMounts: { list: true, keys: ["mountPath"] },
  },
  EphemeralContainer: {
    env: byName,
    volumeDevices: { list: true, keys: ["devicePath"] },
    volumeMounts: { list: true, keys: ["mountPath"] },
  },
  EphemeralVolumeSource: { volumeClaimTemplate: { of: "Object" } },
  Volume: { ephemeral: { of: "EphemeralVolumeSource" } },
  PodSpec: {
    containers: { ...byName, of: "Container" },
    ephemeralContainers: { ...byName, of: "EphemeralContainer" },
    hostAliases: { list: true, keys: ["ip"] },
    imagePullSecrets: byName,
    initContainers: { ...byName, of: "Container" },
    topologySpreadConstraints: { list: true, keys: ["topologyKey", "whenUnsatisfiable"] },
    volumes: { ...byName, of: "Volume" },
  },
  PodStatus: { conditions: byType, podIPs: { list: true, keys: ["ip"] } },
  PodTemplateSpec: { metadata, spec: { of: "PodSpec" } },
  WorkloadSpec: { template: { of: "PodTemplateSpec" } },
  StatefulSetSpec: {
    template: { of: "PodTemplateSpec" },
    volumeClaimTemplates: { list: true, of: "ObjectWithConditions" },
  },
  JobTemplateSpec: { metadata, spec: { of: "WorkloadSpec" } },
  CronJobSpec: { jobTemplate: { of: "JobTemplateSpec" } },
  ServiceSpec: { ports: { list: true, keys: ["port", "protocol"] } },
  NodeSpec: { podCIDRs: set },
  NodeStatus: { addresses: byType, conditions: byType },
  CSINodeSpec: { drivers: byName },
  Object: { metadata },
  ObjectWithConditions: { metadata, status },
  ComponentStatus: { metadata, conditions: byType },
  CronJob: { metadata, spec: { of: "CronJobSpec" } },
  CSINode: { metadata, spec: { of: "CSINodeSpec" } },
  Kustomization: { configMapGenerator: byName, secretGenerator: byName },
  Node: { metadata, spec: { of: "NodeSpec" }, status: { of: "NodeStatus" } },
  Pod: { metadata, spec: { of: "PodSpec" }, status: { of: "PodStatus" } },
  PodTemplate: { metadata, template: { of: "PodTemplateSpec" } },
  Service: { metadata, spec: { of: "ServiceSpec" }, status },
  ServiceAccount: { metadata, secrets: byName },
  StatefulSet: { metadata, spec: { of: "StatefulSetSpec" }, status },
  WebhookConfiguration: { metadata, webhooks: byName },
  Workload: { metadata, spec: { of: "WorkloadSpec" }, status },
};
