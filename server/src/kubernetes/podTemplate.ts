import { getIn, getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { groupOf } from "./apiGroup";

/** Kinds that hold pods, and the keys from their root to what has `metadata` and `spec` of the pod. */
export interface PodHolder {
  readonly group: string;
  readonly kinds: readonly string[];
  readonly path: readonly string[];
}

const template = ["spec", "template"];

/** Every kind that is known to make pods of a template (k8s.io/api, openshift/api, argo-rollouts, knative serving). */
export const podHolders: readonly PodHolder[] = [
  { group: "", kinds: ["Pod"], path: [] },
  { group: "", kinds: ["ReplicationController"], path: template },
  { group: "", kinds: ["PodTemplate"], path: ["template"] },
  { group: "apps", kinds: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"], path: template },
  { group: "extensions", kinds: ["Deployment", "DaemonSet", "ReplicaSet"], path: template },
  { group: "batch", kinds: ["Job"], path: template },
  { group: "batch", kinds: ["CronJob"], path: ["spec", "jobTemplate", ...template] },
  { group: "apps.openshift.io", kinds: ["DeploymentConfig"], path: template },
  { group: "argoproj.io", kinds: ["Rollout"], path: template },
  { group: "serving.knative.dev", kinds: ["Service", "Configuration", "Revision"], path: template },
];

/** A pod inside of an object. */
export interface PodTemplate {
  readonly spec: Mapping;
  /** Keys from the root of the object to `spec`. */
  readonly path: readonly string[];
  readonly labels: Mapping | undefined;
  readonly annotations: Mapping | undefined;
}

/** The container lists of a pod. */
export const containerLists = ["containers", "initContainers", "ephemeralContainers"] as const;

const pathOf = new Map(podHolders.flatMap(({ group, kinds, path }) => kinds.map((kind) => [`${group}/${kind}`, path])));

/** The pod that an object holds; `undefined` when its kind makes none, or it is not written yet. */
export function findPodTemplate(root: Mapping): PodTemplate | undefined {
  const apiVersion = textOf(getValue(root, "apiVersion")) ?? "";
  const group = groupOf(apiVersion);
  const path = pathOf.get(`${group}/${textOf(getValue(root, "kind")) ?? ""}`);
  return path === undefined ? undefined : podTemplateAt(root, path);
}

/** The pod template of an object of any kind, where almost all that have one keep it. */
export function findLikelyPodTemplate(root: Mapping): PodTemplate | undefined {
  return findPodTemplate(root) ?? podTemplateAt(root, template);
}

function podTemplateAt(root: Mapping, path: readonly string[]): PodTemplate | undefined {
  const holder = getIn(root, path);
  const spec = getValue(holder, "spec");
  if (spec?.kind !== "mapping") return undefined;
  const metadata = getValue(holder, "metadata");
  return {
    spec,
    path: [...path, "spec"],
    labels: asMapping(getValue(metadata, "labels")),
    annotations: asMapping(getValue(metadata, "annotations")),
  };
}

/** A container of a pod. */
export interface Container {
  readonly node: Mapping;
  readonly list: (typeof containerLists)[number];
  readonly index: number;
}

/** The containers of a pod, of all lists. */
export function* containersOf(spec: Mapping): Iterable<Container> {
  for (const list of containerLists) {
    for (const [index, node] of itemsOf(getValue(spec, list)).entries()) {
      if (node.kind === "mapping") yield { node, list, index };
    }
  }
}

/** The items of a list; none of anything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "sequence" ? node.items : [];
}

/** Labels as texts; values that are no text are left out. */
export function labelsOf(node: Node | undefined): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { key, value } of node?.kind === "mapping" ? node.entries : []) {
    const text = value.kind === "scalar" ? (textOf(value) ?? "") : undefined;
    if (text !== undefined) labels.set(key.text, text);
  }
  return labels;
}

function asMapping(node: Node | undefined): Mapping | undefined {
  return node?.kind === "mapping" ? node : undefined;
}
