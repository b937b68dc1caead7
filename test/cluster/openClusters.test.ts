import { CoreV1Api, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { ApiError } from "../../client/src/cluster/apiError";
import { systemClock } from "../../client/src/cluster/clock";
import type { ClusterContext } from "../../client/src/cluster/kubeconfig";
import { type ClusterChange, type OpenCluster, OpenClusters } from "../../client/src/cluster/openClusters";
import { createApplication, ensureNamespace, playController } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { startProxy, type Wire } from "./support/proxy";
import { useCluster } from "./support/useCluster";

const guest: Identity = { name: "guest", token: "token-of-guest" };
const member: Identity = { name: "member", token: "token-of-member" };
const cluster = useCluster([guest, member]);
const patience = { timeout: 90_000, interval: 50 };

test("an open context knows its Applications and its Argo CD, and hears of changes", async () => {
  await createApplication(cluster(), "argocd", "book-dev");
  const stage = await createApplication(cluster(), "team-a", "book-stage");
  const core = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  const body = { metadata: { name: "argocd-cm" }, data: { url: "https://argo.example.com" } };
  await core.createNamespacedConfigMap({ namespace: "argocd", body });

  const { clusters, changes } = start();
  clusters.open(contextOf(cluster(), admin));
  expect(found(clusters).state).toBe("opening");
  await vi.waitFor(() => expect(found(clusters).controlPlanes).toHaveLength(1), patience);
  await vi.waitFor(() => expect(found(clusters).projects?.size).toBe(0), patience);
  expect([...found(clusters).applications.keys()]).toEqual(["argocd/book-dev", "team-a/book-stage"]);
  expect(found(clusters).controlPlanes).toEqual([{ namespace: "argocd", url: "https://argo.example.com" }]);

  const untouched = found(clusters).applications.get("argocd/book-dev");
  changes.length = 0;
  await playController(cluster(), stage, { status: { sync: { status: "Synced" } } });
  await vi.waitFor(() => expect(changes).toHaveLength(1), patience);
  expect(changes).toEqual([{ name: "test", applications: new Set(["team-a/book-stage"]), cluster: false }]);
  expect(found(clusters).applications.get("argocd/book-dev")).toBe(untouched);
});

test("who may not look everywhere sees the namespaces that they may look into", async () => {
  await createApplication(cluster(), "argocd", "seen");
  await createApplication(cluster(), "secret", "hidden");
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const rules = [{ apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch"] }];
  await rbac.createNamespacedRole({ namespace: "argocd", body: { metadata: { name: "member" }, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "member" };
  const subjects = [{ kind: "User", name: "member" }];
  await rbac.createNamespacedRoleBinding({
    namespace: "argocd",
    body: { metadata: { name: "member" }, roleRef, subjects },
  });

  const { clusters } = start();
  clusters.open(contextOf(cluster(), member));
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  expect(found(clusters).namespaces).toEqual(["argocd"]);
  expect([...found(clusters).applications.keys()]).toContain("argocd/seen");
  expect([...found(clusters).applications.keys()]).not.toContain("secret/hidden");
});

test("who may look nowhere is told so, and nothing is tried over and over", async () => {
  const proxy = await proxied();
  const { clusters } = start();
  clusters.open(contextOf(cluster(), guest, proxy.url));
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject({ kind: "forbidden" }), patience);
  await vi.waitFor(() => expect(found(clusters).connection.calls).toBe(0), patience);
});

test("a context that is closed leaves no connection behind", async () => {
  const proxy = await proxied();
  const { clusters } = start();
  clusters.open(contextOf(cluster(), admin, proxy.url));
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  expect(proxy.open).toBeGreaterThan(0);
  clusters.close("test");
  expect(clusters.all).toEqual([]);
  await vi.waitFor(() => expect(proxy.open).toBe(0), patience);
});

test("a cluster that cannot be reached says why, and is there again after a retry", async () => {
  const proxy = await proxied();
  proxy.set("refuse");
  const { clusters } = start();
  const context = contextOf(cluster(), admin, proxy.url);
  clusters.open(context);
  await vi.waitFor(() => expect(found(clusters).state).toBeInstanceOf(ApiError), patience);
  expect(found(clusters).state).toMatchObject({ kind: "unreachable" });
  const before = found(clusters).connection;
  // Somebody looks at the view.
  clusters.update([context]);
  expect(found(clusters).connection).toBe(before);
  proxy.set("pass");
  // Somebody asks for it, or a kubeconfig was written.
  clusters.update([context], true);
  expect(found(clusters).connection).not.toBe(before);
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
});

test("a kubeconfig that changes closes what it does not name any more, and opens anew what says something else", async () => {
  const { clusters } = start();
  const context = contextOf(cluster(), admin);
  const other: ClusterContext = { ...contextOf(cluster(), admin), name: "other" };
  clusters.open(context);
  clusters.open(other);
  await vi.waitFor(() => expect(clusters.all.map(({ state }) => state)).toEqual(["live", "live"]), patience);
  const before = found(clusters).connection;
  clusters.update([contextOf(cluster(), admin)]);
  expect(clusters.all.map(({ connection }) => connection)).toEqual([before]);
  clusters.update([contextOf(cluster(), guest)]);
  expect(found(clusters).connection).not.toBe(before);
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject({ kind: "forbidden" }), patience);
});

function start(): { readonly clusters: OpenClusters; readonly changes: ClusterChange[] } {
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => ["argocd"] });
  const changes: ClusterChange[] = [];
  clusters.onDidChange((change) => changes.push(change));
  onTestFinished(() => clusters.dispose());
  return { clusters, changes };
}

function found(clusters: OpenClusters): OpenCluster {
  const open = clusters.find("test");
  if (open === undefined) throw new Error("The context is not open.");
  return open;
}

async function proxied(): Promise<Wire> {
  await ensureNamespace(cluster(), "argocd");
  const proxy = await startProxy(cluster().url);
  onTestFinished(() => proxy.close());
  return proxy;
}
