import type { FieldSpecRow } from "./fieldSpecs";

/** The fields of a pod in which `$(VAR)` stands for a var. */
const podFields = [
  "containers/args",
  "containers/command",
  "containers/env/value",
  "containers/volumeMounts/mountPath",
  "initContainers/args",
  "initContainers/command",
  "initContainers/env/value",
  "initContainers/volumeMounts/mountPath",
] as const;

/** Where Kustomize 5.8.1 replaces `$(VAR)` when nothing else is configured. */
export const varReference: readonly FieldSpecRow[] = [
  { kinds: ["CronJob"], below: "spec/jobTemplate/spec/template/spec", paths: podFields },
  { kinds: ["CronJob"], paths: ["spec/jobTemplate/spec/template/volumes/nfs/server"] },
  { kinds: ["DaemonSet", "Deployment", "Job", "ReplicaSet"], below: "spec/template/spec", paths: podFields },
  { kinds: ["DaemonSet", "Deployment", "Job", "ReplicaSet"], paths: ["spec/template/spec/volumes/nfs/server"] },
  { kinds: ["Deployment"], paths: ["spec/template/metadata/annotations"] },
  { kinds: ["Ingress"], paths: ["spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"] },
  { kinds: ["Pod"], below: "spec", paths: podFields },
  { kinds: ["Pod"], paths: ["spec/volumes/nfs/server"] },
  { kinds: ["Service"], paths: ["spec/ports/port", "spec/ports/targetPort"] },
  { kinds: ["StatefulSet"], below: "spec/template/spec", paths: podFields },
  { kinds: ["StatefulSet"], paths: ["spec/volumeClaimTemplates/spec/nfs/server"] },
  { kinds: ["PersistentVolume"], paths: ["spec/nfs/server"] },
  { paths: ["metadata/labels", "metadata/annotations"] },
];
