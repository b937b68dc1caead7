import { CoreV1Api, CustomObjectsApi, RbacAuthorizationV1Api, type V1PolicyRule } from "@kubernetes/client-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../client/src/cluster/clock";
import { ClusterContents } from "../../client/src/cluster/clusterContents";
import { type OpenCluster, OpenClusters } from "../../client/src/cluster/openClusters";
import { createApplication, ensureNamespace } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { untilDefinedIsServed } from "./support/definitions";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";

const ada: Identity = { name: "ada", token: "token-of-ada" };
const bob: Identity = { name: "bob", token: "token-of-bob" };
const cluster = useCluster([ada, bob]);
const patience = { timeout: 90_000, interval: 50 };
const definitions = { group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions" };
const names = ["applications.argoproj.io", "appprojects.argoproj.io"];

test("an Argo CD that is removed while its context is open is gone from it, and there again once it is installed", async () => {
  await createApplication(cluster(), "argocd", "book-dev");
  const core = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  const config = { metadata: { name: "argocd-cm" }, data: { url: "https://argo.example.com" } };
  await core.createNamespacedConfigMap({ namespace: "argocd", body: config });
  const { clusters, contents } = open(admin);
  await vi.waitFor(() => expect(found(clusters).applications.size).toBe(1), patience);
  await vi.waitFor(() => expect(found(clusters).controlPlanes).toHaveLength(1), patience);

  const kept = await removeDefinitions();
  await core.deleteNamespacedConfigMap({ namespace: "argocd", name: "argocd-cm" });
  const missing = { kind: "notFound", details: { isAwaited: true } };
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject(missing), patience);
  await vi.waitFor(() => expect(found(clusters).controlPlanes).toEqual([]), patience);
  await vi.waitFor(() => expect(found(clusters).projects).toBeUndefined(), patience);
  expect(found(clusters).applications.size).toBe(0);
  const projects = () => contents.find("test").find(({ kind }) => kind.kind === "AppProject")?.state;
  await vi.waitFor(() => expect(projects()).toMatchObject(missing), patience);

  // What the manifests of Argo CD give to a cluster, in their order.
  await define(kept);
  await ensureNamespace(cluster(), "argocd");
  await core.createNamespacedConfigMap({ namespace: "argocd", body: config });
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  await createApplication(cluster(), "argocd", "book-stage");
  await vi.waitFor(() => expect([...found(clusters).applications.keys()]).toEqual(["argocd/book-stage"]), patience);
  await vi.waitFor(() => expect(found(clusters).controlPlanes).toHaveLength(1), patience);
  await vi.waitFor(() => expect(found(clusters).projects?.size).toBe(0), patience);
  await vi.waitFor(() => expect(projects()).toBe("live"), patience);
});

test("whoever may see only the definition of Applications is told when it comes, and who may not even see that has to look again", async () => {
  const list = { apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch"] };
  const [name = ""] = names;
  const definition = { apiGroups: [definitions.group], resources: [definitions.plural], resourceNames: [name] };
  await allow(ada, list, { ...definition, verbs: ["list", "watch"] });
  await allow(bob, list);
  const kept = await removeDefinitions();
  const [awaiting, told] = [ada, bob].map((identity) => open(identity).clusters);
  if (awaiting === undefined || told === undefined) throw new Error("Nothing is open.");
  const stateOf = (clusters: OpenClusters) => {
    const { state } = found(clusters);
    return typeof state === "string" ? state : [state.kind, state.details.isAwaited];
  };
  await vi.waitFor(() => expect(stateOf(awaiting)).toEqual(["notFound", true]), patience);
  await vi.waitFor(() => expect(stateOf(told)).toEqual(["notFound", undefined]), patience);
  await define(kept);
  await vi.waitFor(() => expect(stateOf(awaiting)).toBe("live"), patience);
});

async function allow({ name }: Identity, ...rules: readonly V1PolicyRule[]): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const apiGroup = "rbac.authorization.k8s.io";
  await rbac.createClusterRole({ body: { metadata: { name }, rules: [...rules] } });
  const body = {
    ...{ metadata: { name }, roleRef: { apiGroup, kind: "ClusterRole", name } },
    subjects: [{ apiGroup, kind: "User", name }],
  };
  await rbac.createClusterRoleBinding({ body });
}

/** Opens the context `test`, and looks into it as the Clusters view does. */
function open(identity: Identity): { readonly clusters: OpenClusters; readonly contents: ClusterContents } {
  const namespaces = () => ["argocd"];
  const clusters = new OpenClusters({ clock: systemClock, namespaces });
  const contents = new ClusterContents({ clusters, clock: systemClock, namespaces, changed: () => {} });
  clusters.onDidChange(() => contents.look(new Set(["test"])));
  onTestFinished(() => {
    contents.dispose();
    clusters.dispose();
  });
  clusters.open(contextOf(cluster(), identity));
  return { clusters, contents };
}

function found(clusters: OpenClusters): OpenCluster {
  const open = clusters.find("test");
  if (open === undefined) throw new Error("The context is not open.");
  return open;
}

interface Definition {
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

/** Takes the definitions of Argo CD away, with all objects of their kinds, and gives what they were. */
async function removeDefinitions(): Promise<readonly Definition[]> {
  const api = kubeconfigOf(cluster(), admin).makeApiClient(CustomObjectsApi);
  const kept = await Promise.all(names.map((name) => api.getClusterCustomObject({ ...definitions, name })));
  for (const name of names) await api.deleteClusterCustomObject({ ...definitions, name });
  return kept as readonly Definition[];
}

async function define(kept: readonly Definition[]): Promise<void> {
  const config = kubeconfigOf(cluster(), admin);
  const api = config.makeApiClient(CustomObjectsApi);
  for (const { metadata, spec } of kept) {
    const { annotations } = metadata as { readonly annotations?: unknown };
    const body = {
      ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", spec },
      metadata: { name: metadata.name, annotations },
    };
    await vi.waitFor(() => api.createClusterCustomObject({ ...definitions, body }), patience);
  }
  await untilDefinedIsServed(config);
}
