import { CustomObjectsApi, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { ApiError } from "../../client/src/cluster/apiError";
import { applications } from "../../client/src/cluster/argocd/application";
import { systemClock } from "../../client/src/cluster/clock";
import { connect } from "../../client/src/cluster/connection";
import { listWatch, type WatchedObjects } from "../../client/src/cluster/listWatch";
import { createApplication } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { startProxy, type Wire } from "./support/proxy";
import { useCluster } from "./support/useCluster";

const guest: Identity = { name: "guest", token: "token-of-guest" };
const reader: Identity = { name: "reader", token: "token-of-reader" };
const cluster = useCluster([guest, reader]);
const patience = { timeout: 90_000, interval: 50 };

test("a watch tells what is there, and what comes, changes and goes", async () => {
  const { seen } = watch("argocd-a");
  await vi.waitFor(() => expect(seen().state).toBe("live"), patience);
  await create("argocd-a", "book-dev");
  await vi.waitFor(() => expect(names(seen())).toEqual(["argocd-a/book-dev"]), patience);
  await api().patchNamespacedCustomObject({
    ...kind,
    namespace: "argocd-a",
    name: "book-dev",
    body: [{ op: "add", path: "/metadata/labels", value: { stage: "dev" } }],
  });
  await vi.waitFor(() => {
    expect(seen().objects.get("argocd-a/book-dev")?.metadata.labels).toEqual({ stage: "dev" });
  }, patience);
  await api().deleteNamespacedCustomObject({ ...kind, namespace: "argocd-a", name: "book-dev" });
  await vi.waitFor(() => expect(names(seen())).toEqual([]), patience);
});

test("a watch outlives the crash of the API server", async () => {
  const { seen } = watch("argocd-b");
  await vi.waitFor(() => expect(seen().state).toBe("live"), patience);
  await cluster().kill();
  await vi.waitFor(() => expect(seen().state).toMatchObject({ kind: "unreachable" }), patience);
  await cluster().start();
  await create("argocd-b", "book-dev");
  await vi.waitFor(() => expect(names(seen())).toEqual(["argocd-b/book-dev"]), patience);
  expect(seen().state).toBe("live");
});

test("a watch of someone with few rights outlives it too, though an API server knows no rights when it starts", async () => {
  await create("argocd-f", "book-dev");
  await letRead("argocd-f", reader);
  const { seen } = watch("argocd-f", undefined, reader);
  await vi.waitFor(() => expect(names(seen())).toEqual(["argocd-f/book-dev"]), patience);
  for (const name of ["book-stage", "book-prod"]) {
    await cluster().kill();
    await vi.waitFor(() => expect(seen().state).toMatchObject({ kind: "unreachable" }), patience);
    await cluster().start();
    await create("argocd-f", name);
    await vi.waitFor(() => expect(names(seen())).toContain(`argocd-f/${name}`), patience);
    expect(seen().state).toBe("live");
  }
});

test("a watch whose place is forgotten (410 Gone) begins again, and misses nothing", async () => {
  const proxy = await proxied();
  await create("argocd-c", "stays");
  await create("argocd-c", "goes");
  const { seen } = watch("argocd-c", proxy.url);
  await vi.waitFor(() => expect(names(seen())).toHaveLength(2), patience);
  proxy.set("refuse");
  await vi.waitFor(() => expect(seen().state).toBeInstanceOf(ApiError), patience);
  await api().deleteNamespacedCustomObject({ ...kind, namespace: "argocd-c", name: "goes" });
  await create("argocd-c", "comes");
  await cluster().forgetHistory();
  proxy.set("pass");
  await vi.waitFor(() => expect(names(seen())).toEqual(["argocd-c/comes", "argocd-c/stays"]), patience);
});

test("a right that is missing is told, and asked for no more", async () => {
  const proxy = await proxied();
  const { seen, done } = watch("argocd-d", proxy.url, guest);
  await done;
  await vi.waitFor(() => expect(seen().state).toMatchObject({ kind: "forbidden" }), patience);
  expect(String(seen().state)).toContain("applications");
});

test("a watch that is cancelled leaves no connection behind", async () => {
  const proxy = await proxied();
  const { seen, stop, done } = watch("argocd-e", proxy.url);
  await vi.waitFor(() => expect(seen().state).toBe("live"), patience);
  expect(proxy.open).toBeGreaterThan(0);
  stop();
  await done;
  await vi.waitFor(() => expect(proxy.open).toBe(0), patience);
});

const kind = { group: applications.group, version: applications.version, plural: applications.plural };

function api(): CustomObjectsApi {
  return kubeconfigOf(cluster(), admin).makeApiClient(CustomObjectsApi);
}

async function create(namespace: string, name: string): Promise<void> {
  await createApplication(cluster(), namespace, name);
}

/** Gives somebody the right to look at the Applications of a namespace, and no other. */
async function letRead(namespace: string, { name }: Identity): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name: "applications-reader" };
  const rules = [{ apiGroups: [kind.group], resources: [kind.plural], verbs: ["get", "list", "watch"] }];
  await rbac.createNamespacedRole({ namespace, body: { metadata, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name };
  const subjects = [{ kind: "User", name }];
  await rbac.createNamespacedRoleBinding({ namespace, body: { metadata, roleRef, subjects } });
}

function names({ objects }: WatchedObjects): readonly string[] {
  return [...objects.keys()].sort();
}

async function proxied(): Promise<Wire> {
  const proxy = await startProxy(cluster().url);
  onTestFinished(() => proxy.close());
  return proxy;
}

interface Watching {
  readonly seen: () => WatchedObjects;
  readonly stop: () => void;
  readonly done: Promise<void>;
}

function watch(namespace: string, server?: string, identity = admin): Watching {
  const connection = connect(contextOf(cluster(), identity, server));
  const cancel = new AbortController();
  let last: WatchedObjects = { objects: new Map(), state: "listing" };
  const changed = (next: WatchedObjects): void => {
    last = next;
  };
  const done = listWatch({
    connection,
    type: applications,
    namespace,
    clock: systemClock,
    changed,
    signal: cancel.signal,
  });
  const stop = (): void => {
    cancel.abort();
    connection.close();
  };
  onTestFinished(stop);
  return { seen: () => last, stop, done };
}
