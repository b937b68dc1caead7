import { CoreV1Api, CustomObjectsApi } from "@kubernetes/client-node";
import type { Application, ApplicationSpec, ApplicationStatus } from "../../../client/src/cluster/argocd/application";
import { admin, type Cluster } from "./cluster";
import { kubeconfigOf } from "./kubeconfig";

const kind = { group: "argoproj.io", version: "v1alpha1", plural: "applications" };

/** Makes an Application, and its namespace where that is missing. */
export async function createApplication(
  cluster: Cluster,
  namespace: string,
  name: string,
  more: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly spec?: Partial<ApplicationSpec>;
    readonly status?: ApplicationStatus;
  } = {},
): Promise<Application> {
  await ensureNamespace(cluster, namespace);
  const source = { repoURL: "https://example.com/config.git", path: "config/overlays/dev" };
  const destination = { server: "https://kubernetes.default.svc", namespace: "book-dev" };
  const body = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, labels: more.labels, annotations: more.annotations },
    spec: { project: "default", source, destination, ...more.spec },
    ...(more.status !== undefined && { status: { sync: { status: "Unknown" }, ...more.status } }),
  };
  return (await api(cluster).createNamespacedCustomObject({ ...kind, namespace, body })) as Application;
}

export async function deleteApplication(cluster: Cluster, namespace: string, name: string): Promise<void> {
  await api(cluster).deleteNamespacedCustomObject({ ...kind, namespace, name });
}

/** What the API server, and so etcd, holds of an Application. */
export async function readApplication(cluster: Cluster, { metadata }: Application): Promise<Application> {
  const { name, namespace = "" } = metadata;
  return (await api(cluster).getNamespacedCustomObject({ ...kind, namespace, name })) as Application;
}

/** Writes as Argo CD's controller would: a merge of `body`. There is no controller in these tests. */
export async function playController(cluster: Cluster, application: Application, body: object): Promise<Application> {
  const current = await readApplication(cluster, application);
  const merged = { ...current, ...body };
  const { name, namespace = "" } = application.metadata;
  return (await api(cluster).replaceNamespacedCustomObject({ ...kind, namespace, name, body: merged })) as Application;
}

export async function ensureNamespace(cluster: Cluster, name: string): Promise<void> {
  const core = kubeconfigOf(cluster, admin).makeApiClient(CoreV1Api);
  const known = await core.listNamespace();
  if (known.items.some(({ metadata }) => metadata?.name === name)) return;
  await core.createNamespace({ body: { metadata: { name } } });
}

function api(cluster: Cluster): CustomObjectsApi {
  return kubeconfigOf(cluster, admin).makeApiClient(CustomObjectsApi);
}
