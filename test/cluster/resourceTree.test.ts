import { CoreV1Api, CustomObjectsApi, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../client/src/cluster/clock";
import { ClusterContents } from "../../client/src/cluster/clusterContents";
import { type OpenCluster, OpenClusters } from "../../client/src/cluster/openClusters";
import { ourKinds } from "../../client/src/cluster/ourKinds";
import { RememberedRights } from "../../client/src/cluster/rememberedRights";
import { SharedWatches } from "../../client/src/cluster/sharedWatches";
import { ApplicationModel } from "../../client/src/features/applications/applicationModel";
import type { ApplicationNode, ApplicationRow } from "../../client/src/features/applications/applicationNodes";
import { BelowApplication } from "../../client/src/features/applications/belowApplication";
import { describePermissions } from "../../client/src/features/applications/describePermissions";
import { LiveRows } from "../../client/src/features/applications/liveRows";
import { isLive } from "../../client/src/features/applications/liveSource";
import { rowWords } from "../../client/src/features/applications/rowWords";
import { createApplication, deleteApplication, ensureNamespace } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";
import { playPod, playWorkload } from "./support/workloads";

const reader: Identity = { name: "reader", token: "token-of-reader" };
const cluster = useCluster([reader]);
const patience = { timeout: 90_000, interval: 50 };
const namespace = "book";

test("an Application is followed down to the containers that a played controller made, and no further than it is unfolded", async () => {
  await playApplication("web");
  const view = await open("web", admin);
  const { calls } = view.cluster().connection;
  await view.unfold("Deployment web");
  await view.unfold("ReplicaSet web-1");
  await view.unfold("Pod web-1-a");
  await vi.waitFor(() => {
    expect(view.lines()).toEqual([
      "Auto-sync off",
      "Events",
      "web · Deployment · Synced",
      "  web-1 · 0 of 1 ready · ReplicaSet",
      "    web-1-a · CrashLoopBackOff · Pod · 0 of 1 ready · 4 restarts",
      "      app · CrashLoopBackOff · container · 4 restarts",
      "      Events",
      "    Events",
      "  Events",
    ]);
  }, patience);
  expect(view.cluster().connection.calls).toBe(calls + 2);

  await core().deleteNamespacedPod({ namespace, name: "web-1-a", gracePeriodSeconds: 0 });
  await vi.waitFor(() => expect(view.lines().join()).not.toContain("web-1-a"), patience);

  view.live.fold(view.find("Deployment web"));
  await vi.waitFor(() => expect(view.cluster().connection.calls).toBe(calls), patience);
});

test("watches end when the view is hidden, go on when it is shown again, and end with the Application", async () => {
  await playApplication("api");
  const view = await open("api", admin);
  const { calls } = view.cluster().connection;
  await view.unfold("Deployment api");
  await view.unfold("ReplicaSet api-1");
  expect(view.cluster().connection.calls).toBe(calls + 2);
  view.live.setVisible(false);
  await vi.waitFor(() => expect(view.cluster().connection.calls).toBe(calls), patience);
  view.live.setVisible(true);
  await vi.waitFor(() => expect(view.cluster().connection.calls).toBe(calls + 2), patience);
  await deleteApplication(cluster(), "argocd", "api");
  await vi.waitFor(() => expect(view.cluster().connection.calls).toBe(calls), patience);
});

test("watches go on after the API server was killed and started again", async () => {
  await playApplication("job");
  const view = await open("job", admin);
  await view.unfold("Deployment job");
  await view.unfold("ReplicaSet job-1");
  await cluster().restart();
  await playPod(cluster(), namespace, { name: "job-1-b", replicaSet: "job-1" });
  await vi.waitFor(() => expect(view.lines().join("\n")).toContain("job-1-b · Pending · Pod"), patience);
});

test("who may not list Pods is told so on the row, and sees the rest", async () => {
  await playApplication("shop");
  await letRead([
    { apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["list", "watch"] },
    { apiGroups: ["tekton.dev"], resources: ["pipelines"], verbs: ["list", "watch"] },
  ]);
  const view = await open("shop", reader);
  await view.unfold("Deployment shop");
  await view.unfold("ReplicaSet shop-1");
  await vi.waitFor(
    () => expect(view.lines()).toContain("    You may not list pods in the namespace 'book'."),
    patience,
  );
  expect(view.lines()).toContain("  shop-1 · 0 of 1 ready · ReplicaSet");

  const { connection } = view.cluster();
  const rights = new RememberedRights(systemClock);
  const missing = await describePermissions(rights, connection, { metadata: { namespace: "argocd", name: "shop" } });
  expect(missing).toEqual([
    expect.stringMatching(
      /^Not permitted: refresh, sync.* You may not patch applications\.argoproj\.io 'shop' in the namespace 'argocd'\.$/,
    ),
    expect.stringMatching(/^Not permitted: delete\. /),
  ]);

  const contents = new ClusterContents({
    clusters: view.clusters,
    clock: systemClock,
    namespaces: () => [],
    changed: () => {},
  });
  contents.look(new Set(["test"]));
  await vi.waitFor(() => {
    const states = contents
      .find("test")
      .map(({ kind, state }) => [kind.kind, typeof state === "string" ? state : state.kind]);
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        ["Pipeline", "live"],
        ...["AppProject", "ApplicationSet", "Task", "PipelineRun"].map((kind): [string, string] => [kind, "forbidden"]),
        ...["EventListener", "Trigger", "TriggerTemplate", "TriggerBinding"].map((kind): [string, string] => [
          kind,
          "forbidden",
        ]),
      ]),
    );
  }, patience);
});

test("a cluster tells what there is of Argo CD and Tekton while somebody looks, by one watch for each kind it knows", async () => {
  await ensureNamespace(cluster(), "ci");
  const objects = kubeconfigOf(cluster(), admin).makeApiClient(CustomObjectsApi);
  const tekton = { group: "tekton.dev", version: "v1", plural: "pipelines", namespace: "ci" };
  const pipeline = { apiVersion: "tekton.dev/v1", kind: "Pipeline", metadata: { name: "build" } };
  await objects.createNamespacedCustomObject({ ...tekton, body: { ...pipeline, spec: { tasks: [] } } });
  await createApplication(cluster(), "argocd", "seen");
  const view = await open("seen", admin);
  const { calls } = view.cluster().connection;
  const contents = new ClusterContents({
    clusters: view.clusters,
    clock: systemClock,
    namespaces: () => [],
    changed: () => {},
  });
  contents.look(new Set(["test"]));
  const pipelines = (): readonly unknown[] => {
    const found = contents.find("test").find(({ kind }) => kind.kind === "Pipeline");
    return found?.objects.get("ci")?.map(({ metadata, ...rest }) => [metadata.name, rest]) ?? [];
  };
  await vi.waitFor(() => expect(pipelines()).toEqual([["build", {}]]), patience);
  await objects.createNamespacedCustomObject({
    ...tekton,
    body: { ...pipeline, metadata: { name: "next" }, spec: { tasks: [] } },
  });
  await vi.waitFor(() => expect(pipelines()).toHaveLength(2), patience);
  await vi.waitFor(() => expect(contents.find("test").map(({ kind }) => kind)).toEqual(ourKinds), patience);
  // The four kinds of Tekton Triggers are not installed here: their definitions are waited for instead.
  await vi.waitFor(() => expect(view.cluster().connection.calls).toBe(calls + 9), patience);
  contents.look(new Set());
  await vi.waitFor(() => expect(view.cluster().connection.calls).toBe(calls), patience);
});

function core(): CoreV1Api {
  return kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
}

/** An Application, and what it deployed. */
async function playApplication(name: string): Promise<void> {
  await playWorkload(cluster(), namespace, name);
  const resources = [{ group: "apps", version: "v1", kind: "Deployment", namespace, name, status: "Synced" }];
  await createApplication(cluster(), "argocd", name, { status: { sync: { status: "Synced" }, resources } });
}

async function letRead(rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[]): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name: "reader" };
  await rbac.createClusterRole({ body: { metadata, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" };
  await rbac.createClusterRoleBinding({ body: { metadata, roleRef, subjects: [{ kind: "User", name: "reader" }] } });
}

/** The Applications view without VS Code: what is unfolded below one Application. */
interface View {
  readonly clusters: OpenClusters;
  readonly live: LiveRows;
  cluster(): OpenCluster;
  /** Unfolds an object, for example `Pod web-1-a`, once it is there; resolves when what is below it is known. */
  unfold(name: string): Promise<void>;
  find(name: string): ApplicationNode;
  lines(): readonly string[];
}

async function open(name: string, identity: Identity): Promise<View> {
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => ["argocd"] });
  const watches = new SharedWatches(systemClock);
  onTestFinished(() => {
    watches.dispose();
    clusters.dispose();
  });
  const model = new ApplicationModel(clusters);
  const below = new BelowApplication(model);
  const live = new LiveRows({
    clusters,
    watches,
    isThere: (row) => row.type !== "application" || model.isThere(row),
    changed: () => {},
    clock: systemClock,
  });
  clusters.onDidChange((change) => {
    model.update(change);
    live.check();
  });
  clusters.open(contextOf(cluster(), identity));
  const found = (): OpenCluster => clusters.all[0] as OpenCluster;
  await vi.waitFor(() => expect(found().applications.has(`argocd/${name}`)).toBe(true), patience);
  // Applications, projects and the configuration of Argo CDs are watched, of which the others may watch the first. What else is asked when a
  // context is opened is answered: from now on every call is one of the view.
  await vi.waitFor(() => expect(found().connection.calls).toBe(identity === admin ? 3 : 1), patience);
  const row = model.show({ cluster: "test", key: `argocd/${name}` })?.row as ApplicationRow;
  const rows = (parent: ApplicationNode): readonly ApplicationNode[] => {
    if (parent.type === "application") return below.childRows(parent);
    return isLive(parent) && unfolded.has(parent.id) ? live.childRows(parent) : [];
  };
  const unfolded = new Set<string>();
  const all = (parent: ApplicationNode = row): readonly ApplicationNode[] =>
    rows(parent).flatMap((each) => [each, ...all(each)]);
  const find = (wanted: string): ApplicationNode => {
    const is = (each: ApplicationNode): boolean =>
      (each.type === "resource" && `${each.kind} ${each.name}` === wanted) ||
      (each.type === "object" && `${each.kind.kind} ${each.name}` === wanted);
    const one = all().find(is);
    if (one === undefined) throw new Error(`There is no ${wanted}.`);
    return one;
  };
  const windows = (): readonly string[] => [];
  const words = (each: ApplicationNode): string => {
    if (each.type === "note") return each.text;
    if (each.type === "cluster" || each.type === "group" || each.type === "application" || each.type === "more")
      return each.id;
    const { label, description } = rowWords(each, { model, below, live, windows, patterns: () => [] });
    return [label, ...description].join(" · ");
  };
  const lines = (parent: ApplicationNode = row, depth = 0): readonly string[] =>
    rows(parent).flatMap((each) => [`${"  ".repeat(depth)}${words(each)}`, ...lines(each, depth + 1)]);
  return {
    ...{ clusters, live, cluster: found, find },
    lines: () => lines(),
    async unfold(wanted) {
      await vi.waitFor(() => find(wanted), patience);
      const one = find(wanted);
      unfolded.add(one.id);
      live.unfold(one);
      await vi.waitFor(() => expect(rows(one).map(words)).not.toContain("Reading…"), patience);
    },
  };
}
