import type { NameReference, ReferenceTarget } from "../../analysis/nameReference";
import { containerLists, type PodHolder, podHolders } from "../../kubernetes/podTemplate";

/** A field of a pod that names an object, from the pod's `spec`. */
interface PodField {
  readonly path: readonly string[];
  readonly kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount" | "PriorityClass";
  readonly optionalField?: "optional";
}

const optionalField = "optional";

const inContainers: readonly PodField[] = [
  { path: ["envFrom", "*", "configMapRef", "name"], kind: "ConfigMap", optionalField },
  { path: ["envFrom", "*", "secretRef", "name"], kind: "Secret", optionalField },
  { path: ["env", "*", "valueFrom", "configMapKeyRef", "name"], kind: "ConfigMap", optionalField },
  { path: ["env", "*", "valueFrom", "secretKeyRef", "name"], kind: "Secret", optionalField },
];

const inVolumes: readonly PodField[] = [
  { path: ["configMap", "name"], kind: "ConfigMap", optionalField },
  { path: ["secret", "secretName"], kind: "Secret", optionalField },
  { path: ["projected", "sources", "*", "configMap", "name"], kind: "ConfigMap", optionalField },
  { path: ["projected", "sources", "*", "secret", "name"], kind: "Secret", optionalField },
  { path: ["persistentVolumeClaim", "claimName"], kind: "PersistentVolumeClaim" },
];

/** Everything that a pod names, as the types of k8s.io/api/core/v1 have it. */
const podFields: readonly PodField[] = [
  ...containerLists.flatMap((list) => inContainers.map((field) => ({ ...field, path: [list, "*", ...field.path] }))),
  ...inVolumes.map((field) => ({ ...field, path: ["volumes", "*", ...field.path] })),
  { path: ["serviceAccountName"], kind: "ServiceAccount" },
  { path: ["imagePullSecrets", "*", "name"], kind: "Secret" },
  { path: ["priorityClassName"], kind: "PriorityClass" },
];

/** The fields of pods, in every kind that holds one. */
export const podReferences: readonly NameReference[] = podHolders.flatMap((holder) =>
  podFields.map((field) => toReference(holder, field)),
);

function toReference({ group, kinds, path }: PodHolder, field: PodField): NameReference {
  return {
    from: { group, kinds },
    path: [...path, "spec", ...field.path],
    to: targetOf(field.kind),
    namespace: field.kind === "PriorityClass" ? "none" : "same",
    optionalField: field.optionalField,
  };
}

function targetOf(kind: PodField["kind"]): ReferenceTarget {
  return { group: kind === "PriorityClass" ? "scheduling.k8s.io" : "", kind };
}
