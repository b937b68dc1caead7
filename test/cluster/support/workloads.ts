import { AppsV1Api, CoreV1Api, type V1Pod } from "@kubernetes/client-node";
import { ensureNamespace } from "./applications";
import { admin, type Cluster } from "./cluster";
import { kubeconfigOf } from "./kubeconfig";

const podSpec = { containers: [{ name: "app", image: "registry.example.com/web:1" }] };

/**
 * Makes what Argo CD and the controllers of Kubernetes would: a Deployment, its ReplicaSet `NAME-1`, and the Pod `NAME-1-a`, which crashes.
 * There are no controllers in these tests.
 */
export async function playWorkload(cluster: Cluster, namespace: string, name: string): Promise<void> {
  await ensureNamespace(cluster, namespace);
  const apps = kubeconfigOf(cluster, admin).makeApiClient(AppsV1Api);
  const labels = { app: name };
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } };
  const { metadata } = await apps.createNamespacedDeployment({ namespace, body: { metadata: { name }, spec } });
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name, uid: metadata?.uid ?? "" };
  const replicaSet = { metadata: { name: `${name}-1`, ownerReferences: [owner] }, spec: { ...spec, replicas: 1 } };
  await apps.createNamespacedReplicaSet({ namespace, body: replicaSet });
  const pod = await playPod(cluster, namespace, { name: `${name}-1-a`, replicaSet: `${name}-1` });
  const waiting = { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" };
  const container = { name: "app", image: "web", imageID: "", ready: false, restartCount: 4, state: { waiting } };
  const body = { ...pod, status: { phase: "Running", containerStatuses: [container] } };
  const core = kubeconfigOf(cluster, admin).makeApiClient(CoreV1Api);
  await core.replaceNamespacedPodStatus({ namespace, name: `${name}-1-a`, body });
}

/** Makes a Pod as the controller of a ReplicaSet would. */
export async function playPod(
  cluster: Cluster,
  namespace: string,
  { name, replicaSet }: { readonly name: string; readonly replicaSet: string },
): Promise<V1Pod> {
  const config = kubeconfigOf(cluster, admin);
  const { metadata } = await config.makeApiClient(AppsV1Api).readNamespacedReplicaSet({ namespace, name: replicaSet });
  const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: replicaSet, uid: metadata?.uid ?? "" };
  const body = { metadata: { name, ownerReferences: [owner] }, spec: podSpec };
  return await config.makeApiClient(CoreV1Api).createNamespacedPod({ namespace, body });
}

/** Tells of an object what a controller would. */
export async function playEvent(
  cluster: Cluster,
  namespace: string,
  event: { readonly kind: string; readonly name: string; readonly reason: string; readonly message: string },
): Promise<void> {
  const { kind, name, reason, message } = event;
  const core = kubeconfigOf(cluster, admin).makeApiClient(CoreV1Api);
  const involvedObject = { kind, name, namespace };
  const body = {
    metadata: { name: `${name}.${reason.toLowerCase()}` },
    ...{ involvedObject, reason, message, type: "Warning", count: 3, lastTimestamp: new Date("2026-01-01T00:00:00Z") },
  };
  await core.createNamespacedEvent({ namespace, body });
}
