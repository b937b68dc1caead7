import { CustomObjectsApi } from "@kubernetes/client-node";
import { applicationOf } from "../../bench/applicationServer";
import { ensureNamespace } from "./applications";
import { admin, type Cluster } from "./cluster";
import { kubeconfigOf } from "./kubeconfig";

/** As many as etcd takes at a time: some 1.5 MB. */
const atOnce = 50;

interface Made {
  readonly metadata: { readonly name: string; readonly labels?: object; readonly annotations?: object };
  readonly status?: object;
}

/** Applications that were made by the thousand. */
export interface ManyApplications {
  /** Writes down of some of them, in their order, that the controller looked at them once more, and found them to be in that health. */
  look(indexes: readonly number[], look: number, health: string): Promise<void>;
}

/**
 * Makes `count` Applications in the namespace `argocd`, as large as real ones that were deployed for a year. The first is made through the API
 * server, the others are put beside it into etcd as the API server would: to check each of them takes it some minutes.
 */
export async function createManyApplications(cluster: Cluster, count: number): Promise<ManyApplications> {
  const namespace = "argocd";
  await ensureNamespace(cluster, namespace);
  const { metadata: given, ...first } = applicationOf(0, 1) as Made;
  const { name, labels, annotations } = given;
  const api = kubeconfigOf(cluster, admin).makeApiClient(CustomObjectsApi);
  const kind = { group: "argoproj.io", version: "v1alpha1", plural: "applications" };
  const body = { ...first, metadata: { name, labels, annotations } };
  const { metadata } = (await api.createNamespacedCustomObject({ ...kind, namespace, body })) as Made;
  const { resourceVersion: _, ...kept } = metadata as Made["metadata"] & { readonly resourceVersion?: string };
  const entryOf = (index: number, look: number, more: object = {}): Entry => {
    const { metadata: own, status, ...rest } = applicationOf(index, look) as Made;
    const uid = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    const meta = { ...kept, name: own.name, labels: own.labels, annotations: own.annotations, uid };
    const value = JSON.stringify({ ...rest, metadata: meta, status: { ...status, ...more } });
    return { key: `/registry/argoproj.io/applications/${namespace}/${own.name}`, value };
  };
  const putAll = async (entries: readonly Entry[]): Promise<void> => {
    for (let start = 0; start < entries.length; start += atOnce)
      await put(cluster, entries.slice(start, start + atOnce));
  };
  await putAll(Array.from({ length: count - 1 }, (__, index) => entryOf(index + 1, 1)));
  return {
    look: (indexes, look, health) =>
      putAll(indexes.map((index) => entryOf(index, look, { health: { status: health } }))),
  };
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

async function put({ etcd }: Cluster, entries: readonly Entry[]): Promise<void> {
  const success = entries.map(({ key, value }) => ({
    request_put: { key: toBase64(key), value: toBase64(value) },
  }));
  const response = await fetch(`${etcd}/v3/kv/txn`, { method: "POST", body: JSON.stringify({ success }) });
  if (!response.ok) throw new Error(`etcd took nothing: ${await response.text()}`);
}

function toBase64(text: string): string {
  return Buffer.from(text).toString("base64");
}
