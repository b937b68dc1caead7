import { CoreV1Api, CustomObjectsApi, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test } from "vitest";
import type { Application, ManagedResource } from "../../client/src/cluster/argocd/application";
import { loadComparisonSettings } from "../../client/src/cluster/argocd/comparisonSettings";
import { readMarks } from "../../client/src/cluster/argocd/liveMarks";
import { rollBack, sync } from "../../client/src/cluster/argocd/operations";
import { describeBlock, loadSyncWindows } from "../../client/src/cluster/argocd/syncWindows";
import { findTracked, isCompared } from "../../client/src/cluster/argocd/trackedObjects";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { type SyncChoice, toSyncOptions } from "../../client/src/features/syncPlan/syncChoices";
import { judgeWindows, nextOpening } from "../../server/src/argocd/syncWindows";
import { createApplication, ensureNamespace, readApplication } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";

const reader: Identity = { name: "reader", token: "token-of-reader" };
const guest: Identity = { name: "guest", token: "token-of-guest" };
const cluster = useCluster([reader, guest]);
const asked = { by: "ada (editor)" };
const deployment: ManagedResource = {
  group: "apps",
  kind: "Deployment",
  namespace: "book-dev",
  name: "web",
  status: "OutOfSync",
};

test("each option of a sync is written as Argo CD's own server writes it", async () => {
  const application = await createApplication(cluster(), "argocd", "options", {
    spec: { syncPolicy: { syncOptions: ["ServerSideApply=true", "CreateNamespace=true"] } },
    status: { resources: [deployment] },
  });
  const choices = new Set<SyncChoice>(["prune", "replace", "force", "outOfSyncOnly", "resources", "revision"]);
  const { status: _, ...resource } = deployment;
  await sync(connection(), application, toSyncOptions(choices, { revision: "v1.2", resources: [resource] }), asked);
  expect((await readApplication(cluster(), application)).operation).toEqual({
    initiatedBy: { username: "ada (editor)" },
    sync: {
      revision: "v1.2",
      prune: true,
      source: application.spec?.source,
      syncOptions: ["CreateNamespace=true", "ApplyOutOfSyncOnly=true", "Replace=true"],
      syncStrategy: { hook: { force: true } },
      resources: [{ group: "apps", kind: "Deployment", namespace: "book-dev", name: "web" }],
    },
  });
});

test("a dry run says so, and takes over what the Application says", async () => {
  const application = await createApplication(cluster(), "argocd", "dry", {
    spec: { syncPolicy: { syncOptions: ["ServerSideApply=true"] } },
  });
  const choices = new Set<SyncChoice>(["dryRun", "serverSide"]);
  await sync(connection(), application, toSyncOptions(choices, { revision: undefined, resources: undefined }), asked);
  expect((await readApplication(cluster(), application)).operation?.sync).toEqual({
    dryRun: true,
    source: application.spec?.source,
    syncOptions: ["ServerSideApply=true"],
    syncStrategy: { hook: {} },
  });
});

test("an Application that is being deleted is not synced", async () => {
  const application = await createApplication(cluster(), "argocd", "going");
  const metadata = { ...application.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" };
  await expect(sync(connection(), { ...application, metadata }, {}, asked)).rejects.toThrow("is being deleted");
  expect((await readApplication(cluster(), application)).operation).toBeUndefined();
});

test("auto-sync is paused and the rollback asked for in one write, and nothing else changes", async () => {
  const source = { repoURL: "https://example.com/config.git", path: "old" };
  const application = await createApplication(cluster(), "argocd", "back", {
    spec: { syncPolicy: { automated: { prune: true, selfHeal: true } } },
    status: { history: [{ id: 4, revision: "abc", source, deployedAt: "2026-01-01T00:00:00Z" }] },
  });
  await rollBack(connection(), application, 4, { ...asked, pauseAutoSync: true });
  const now = await readApplication(cluster(), application);
  expect(now.operation?.sync).toMatchObject({ revision: "abc", source, syncStrategy: { apply: {} } });
  expect(now.spec).toEqual({
    ...application.spec,
    syncPolicy: { automated: { prune: true, selfHeal: true, enabled: false } },
  });
});

test("the windows of the project hold a sync back, for who may read the project and no one else", async () => {
  const night = { kind: "deny", schedule: "0 22 * * *", duration: "1h", applications: ["book-*"] };
  await createProject("shop", [night]);
  await letReadProjects();
  const application = await createApplication(cluster(), "argocd", "book-dev", { spec: { project: "shop" } });
  const windows = await windowsFor(reader, application);
  expect(windows).toEqual([night]);
  expect(await windowsFor(guest, application)).toBeUndefined();

  const target = { name: "book-dev", destination: {} };
  const late = Date.parse("2026-11-22T22:30:00Z");
  const verdict = judgeWindows(windows ?? [], target, late);
  expect(verdict.manual).toBe(false);
  const opensAt = nextOpening(windows ?? [], target, late);
  const words = describeBlock(application, windows ?? [], { ...verdict, opensAt }, (time) =>
    new Date(time).toISOString(),
  );
  expect(words).toContain("until 2026-11-22T23:00:00");
});

test("the project of an Application elsewhere is that of its Argo CD", async () => {
  await createProject("far", [{ kind: "allow", schedule: "* * * * *", duration: "1h", clusters: ["*"] }]);
  const application = await createApplication(cluster(), "team-a", "apart", { spec: { project: "far" } });
  const planes = [{ namespace: "argocd" }];
  const found = await loadSyncWindows({ connection: connection(), controlPlanes: planes }, application, noSignal());
  expect(found).toHaveLength(1);
});

test("what an Argo CD has in a namespace is found by its marks, without values, where it compared nothing", async () => {
  const spec = { destination: { namespace: "tracked" } };
  const application = await createApplication(cluster(), "argocd", "new", { spec });
  await ensureNamespace(cluster(), "tracked");
  const id = (kind: string, name: string): Record<string, string> => ({
    "argocd.argoproj.io/tracking-id": `new:${kind}:tracked/${name}`,
  });
  const core = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  const put = (name: string, metadata: object): Promise<unknown> =>
    core.createNamespacedConfigMap({ namespace: "tracked", body: { metadata: { name, ...metadata } } });
  await put("ours", { annotations: id("/ConfigMap", "ours") });
  await put("copied", { annotations: id("/ConfigMap", "ours") });
  await put("labelled", { labels: { "example.com/app": "new" } });
  const body = { metadata: { name: "secret", annotations: id("/Secret", "secret") }, stringData: { password: "pa55" } };
  await core.createNamespacedSecret({ namespace: "tracked", body });

  // What is no usual kind: a custom resource, and an object outside of all namespaces.
  const marked = (kind: string): object => ({ name: "theirs", annotations: id(kind, "theirs") });
  await kubeconfigOf(cluster(), admin)
    .makeApiClient(CustomObjectsApi)
    .createNamespacedCustomObject({
      ...{ group: "argoproj.io", version: "v1alpha1", plural: "appprojects", namespace: "tracked" },
      body: {
        ...{ apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", spec: {} },
        metadata: marked("argoproj.io/AppProject"),
      },
    });
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  await rbac.createClusterRole({ body: { metadata: marked("rbac.authorization.k8s.io/ClusterRole"), rules: [] } });

  expect(isCompared(application)).toBe(false);
  const all = connection();
  let atOnce = 0;
  const counting: Connection = {
    ...{ context: all.context, stream: all.stream, calls: 0, close: all.close },
    get: (request) => {
      const answer = all.get<never>(request);
      atOnce = Math.max(atOnce, all.calls);
      return answer;
    },
  };
  const tracked = await findTracked(counting, application, { signal: noSignal() });
  expect(tracked.unseen).toEqual([]);
  expect(tracked.unread).toEqual([]);
  expect(tracked.notes).toEqual([]);
  expect(tracked.kinds).toBeGreaterThan(30);
  expect(atOnce).toBeLessThanOrEqual(6);
  expect(tracked.objects.map(({ kind, name, namespace }) => `${kind} ${name} ${namespace}`).sort()).toEqual([
    "AppProject theirs tracked",
    "ClusterRole theirs undefined",
    "ConfigMap ours tracked",
    "Secret secret tracked",
  ]);
  const byLabel = {
    "application.resourceTrackingMethod": "label",
    "application.instanceLabelKey": "example.com/app",
  };
  const labelled = await findTracked(connection(), application, { configuration: byLabel, signal: noSignal() });
  expect(labelled.objects.map(({ name }) => name)).toEqual(["labelled"]);
  const unseen = await findTracked(connection(guest), application, { signal: noSignal() });
  expect(unseen.objects).toEqual([]);
  expect(unseen.unseen).toContain("ConfigMap");
});

test("what live objects say of their deletion is read without their values, one by one", async () => {
  await ensureNamespace(cluster(), "marked");
  const core = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  const annotations = { "argocd.argoproj.io/sync-options": "Prune=false", "example.com/password": "pa55" };
  const body = { metadata: { name: "kept", annotations }, stringData: { password: "pa55" } };
  await core.createNamespacedSecret({ namespace: "marked", body });
  const kept: ManagedResource = { version: "v1", kind: "Secret", namespace: "marked", name: "kept" };
  const objects = [kept, { ...kept, name: "gone" }, { ...kept, group: "example.com", kind: "Unknown" }];
  const { marks, unread } = await readMarks(connection(), objects, noSignal());
  expect([...marks.values()]).toEqual([{ "argocd.argoproj.io/sync-options": "Prune=false" }, {}, {}]);
  expect(unread).toEqual([]);
  const seen = await readMarks(connection(guest), objects, noSignal());
  expect(seen.unread.map(({ object, why }) => `${object.name}: ${why}`)).toEqual([
    expect.stringMatching(/^kept: It could not be read: secrets "kept" is forbidden/),
    expect.stringMatching(/^gone: .*forbidden/),
  ]);
});

test("what argocd-cm says of comparisons is read by who may, and nothing else of it", async () => {
  const application = await createApplication(cluster(), "team-b", "settled");
  await ensureNamespace(cluster(), "argocd");
  const rule = { "resource.customizations.ignoreDifferences.all": "jsonPointers: [/a]" };
  const data = { ...rule, "dex.config": "clientSecret: pa55", "application.instanceLabelKey": "example.com/app" };
  await kubeconfigOf(cluster(), admin)
    .makeApiClient(CoreV1Api)
    .createNamespacedConfigMap({ namespace: "argocd", body: { metadata: { name: "argocd-cm" }, data } });
  const settingsFor = (identity: Identity): ReturnType<typeof loadComparisonSettings> =>
    loadComparisonSettings(
      { connection: connection(identity), controlPlanes: [{ namespace: "argocd" }] },
      application,
      noSignal(),
    );
  expect(await settingsFor(admin)).toEqual({ ...rule, "application.instanceLabelKey": "example.com/app" });
  expect(await settingsFor(guest)).toBeUndefined();
});

function windowsFor(identity: Identity, application: Application): ReturnType<typeof loadSyncWindows> {
  return loadSyncWindows({ connection: connection(identity), controlPlanes: [] }, application, noSignal());
}

function noSignal(): AbortSignal {
  return new AbortController().signal;
}

async function createProject(name: string, syncWindows: readonly object[]): Promise<void> {
  await ensureNamespace(cluster(), "argocd");
  const kind = { group: "argoproj.io", version: "v1alpha1", plural: "appprojects", namespace: "argocd" };
  const body = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name }, spec: { syncWindows } };
  await kubeconfigOf(cluster(), admin)
    .makeApiClient(CustomObjectsApi)
    .createNamespacedCustomObject({ ...kind, body });
}

async function letReadProjects(): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const rules = [{ apiGroups: ["argoproj.io"], resources: ["appprojects"], verbs: ["get"] }];
  await rbac.createNamespacedRole({ namespace: "argocd", body: { metadata: { name: "projects" }, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "projects" };
  const body = { metadata: { name: "projects" }, roleRef, subjects: [{ kind: "User", name: "reader" }] };
  await rbac.createNamespacedRoleBinding({ namespace: "argocd", body });
}

function connection(identity = admin): Connection {
  const made = connect(contextOf(cluster(), identity));
  onTestFinished(() => made.close());
  return made;
}
