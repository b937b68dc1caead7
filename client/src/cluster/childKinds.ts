import type { ResourceType } from "./kubeObject";

/** A kind, and where its objects live in the API. */
export interface Kind extends ResourceType {
  readonly kind: string;
}

const pods: Kind = { group: "", version: "v1", kind: "Pod", plural: "pods", namespaced: true };
const controllers: Kind = { ...pods, kind: "ReplicationController", plural: "replicationcontrollers" };
const deployments: Kind = { ...pods, group: "apps", kind: "Deployment", plural: "deployments" };
const replicaSets: Kind = { ...deployments, kind: "ReplicaSet", plural: "replicasets" };
const statefulSets: Kind = { ...deployments, kind: "StatefulSet", plural: "statefulsets" };
const daemonSets: Kind = { ...deployments, kind: "DaemonSet", plural: "daemonsets" };
const jobs: Kind = { ...pods, group: "batch", kind: "Job", plural: "jobs" };
const taskRuns: Kind = { ...pods, group: "tekton.dev", kind: "TaskRun", plural: "taskruns" };
const builds: Kind = { ...pods, group: "build.openshift.io", kind: "Build", plural: "builds" };
const requests: Kind = { ...pods, group: "cert-manager.io", kind: "CertificateRequest", plural: "certificaterequests" };
const apps: Kind = {
  ...pods,
  ...{ group: "argoproj.io", version: "v1alpha1", kind: "Application", plural: "applications" },
};
const analysisRuns: Kind = { ...apps, kind: "AnalysisRun", plural: "analysisruns" };

/** Which objects a controller makes for an object, and owns through it: those that we know. */
const children: readonly (readonly [owner: string, children: readonly Kind[]])[] = [
  ["apps/Deployment", [replicaSets]],
  ["apps/ReplicaSet", [pods]],
  ["apps/StatefulSet", [pods]],
  ["apps/DaemonSet", [pods]],
  ["/ReplicationController", [pods]],
  ["apps.openshift.io/DeploymentConfig", [controllers]],
  ["batch/CronJob", [jobs]],
  ["batch/Job", [pods]],
  ["argoproj.io/Rollout", [replicaSets, analysisRuns]],
  ["argoproj.io/AnalysisRun", [jobs]],
  ["argoproj.io/Workflow", [pods]],
  ["argoproj.io/ApplicationSet", [apps]],
  ["argoproj.io/Application", []],
  ["argoproj.io/AppProject", []],
  ["build.openshift.io/BuildConfig", [builds]],
  ["build.openshift.io/Build", [pods]],
  ["tekton.dev/PipelineRun", [taskRuns]],
  ["tekton.dev/TaskRun", [pods]],
  ["triggers.tekton.dev/EventListener", [deployments]],
  ["cert-manager.io/Certificate", [requests]],
];

/** Groups whose kinds stand for themselves: those of Kubernetes and OpenShift, and of tools that write down what others do. */
const plainGroups = /^(|apps|batch|policy|autoscaling|extensions|([\w.-]+\.)?(k8s\.io|openshift\.io|tekton\.dev))$/;

/** What the operators of custom resources make. */
const ofOperators = [deployments, statefulSets, daemonSets, jobs, pods];

/**
 * The kinds of objects that an object of a kind may own, by what the controllers of Kubernetes, OpenShift, Argo and Tekton make. A custom
 * resource may own workloads of every kind. Empty for a kind that owns nothing a person would look for.
 */
export function childKindsOf(group: string, kind: string): readonly Kind[] {
  const known = children.find(([owner]) => owner === `${group}/${kind}`);
  if (known !== undefined) return known[1];
  return plainGroups.test(group) ? [] : ofOperators;
}
