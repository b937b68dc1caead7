import type { FieldSpecRow } from "./fieldSpecs";

/** The fields of a pod in which `$(VAR)` stands for a var, below the place of the pod's specification. */
const podFields = (pod: string): readonly string[] =>
  ["containers", "initContainers"]
    .flatMap((list) => ["args", "command", "env/value", "volumeMounts/mountPath"].map((field) => `${list}/${field}`))
    .map((field) => `${pod}/${field}`);

/** Where Kustomize 5.8.1 replaces `$(VAR)` when nothing else is configured. */
export const varReference: readonly FieldSpecRow[] = [
  {
    kinds: ["CronJob"],
    paths: [...podFields("spec/jobTemplate/spec/template/spec"), "spec/jobTemplate/spec/template/volumes/nfs/server"],
  },
  {
    kinds: ["DaemonSet", "Deployment", "Job", "ReplicaSet"],
    paths: [...podFields("spec/template/spec"), "spec/template/spec/volumes/nfs/server"],
  },
  { kinds: ["Deployment"], paths: ["spec/template/metadata/annotations"] },
  { kinds: ["Ingress"], paths: ["spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"] },
  { kinds: ["Pod"], paths: [...podFields("spec"), "spec/volumes/nfs/server"] },
  { kinds: ["Service"], paths: ["spec/ports/port", "spec/ports/targetPort"] },
  {
    kinds: ["StatefulSet"],
    paths: [...podFields("spec/template/spec"), "spec/volumeClaimTemplates/spec/nfs/server"],
  },
  { kinds: ["PersistentVolume"], paths: ["spec/nfs/server"] },
  { paths: ["metadata/labels", "metadata/annotations"] },
];
