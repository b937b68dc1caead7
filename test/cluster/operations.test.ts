import { RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test } from "vitest";
import { describeMissing, reviewAccess } from "../../client/src/cluster/accessReview";
import { kubernetesAccess } from "../../client/src/cluster/argocd/kubernetesAccess";
import { refresh, rollBack, setAutoSync, sync, terminate } from "../../client/src/cluster/argocd/operations";
import { systemClock } from "../../client/src/cluster/clock";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { RememberedRights } from "../../client/src/cluster/rememberedRights";
import { describePermissions } from "../../client/src/features/applications/describePermissions";
import { createApplication, ensureNamespace, playController, readApplication } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";

const guest: Identity = { name: "guest", token: "token-of-guest" };
const reader: Identity = { name: "reader", token: "token-of-reader" };
const owner: Identity = { name: "owner", token: "token-of-owner" };
const cluster = useCluster([guest, reader, owner]);
const asked = { by: "ada (editor)" };

test("a sync writes the operation that Argo CD's own server would write", async () => {
  const application = await createApplication(cluster(), "argocd", "book-dev", {
    spec: { syncPolicy: { syncOptions: ["CreateNamespace=true", "Prune=false"], retry: { limit: 3 } } },
  });
  await sync(connection(), application, { prune: true, syncOptions: ["Prune=confirm"] }, asked);
  expect((await readApplication(cluster(), application)).operation).toEqual({
    initiatedBy: { username: "ada (editor)" },
    sync: {
      prune: true,
      source: application.spec?.source,
      syncOptions: ["CreateNamespace=true", "Prune=confirm"],
      syncStrategy: { hook: {} },
    },
    retry: { limit: 3 },
  });
});

test("a sync is not asked for twice, nor over someone else's", async () => {
  const application = await createApplication(cluster(), "argocd", "busy");
  await sync(connection(), application, {}, asked);
  await expect(sync(connection(), application, { prune: true }, asked)).rejects.toMatchObject({ kind: "conflict" });
  expect((await readApplication(cluster(), application)).operation?.sync).not.toHaveProperty("prune");
});

test("a sync goes on when only the controller wrote in between, and stops when the Application says something else", async () => {
  const application = await createApplication(cluster(), "argocd", "moving");
  await playController(cluster(), application, { status: { sync: { status: "Synced" } } });
  await sync(connection(), application, {}, asked);
  expect((await readApplication(cluster(), application)).operation).toBeDefined();

  const other = await createApplication(cluster(), "argocd", "edited");
  await playController(cluster(), other, { spec: { ...other.spec, project: "other" } });
  await expect(sync(connection(), other, {}, asked)).rejects.toMatchObject({ kind: "conflict" });
  expect((await readApplication(cluster(), other)).operation).toBeUndefined();
});

test("a rollback deploys an entry of the history, but not against auto-sync", async () => {
  const source = { repoURL: "https://example.com/config.git", path: "old" };
  const history = [{ id: 4, revision: "abc", source, deployedAt: "2026-01-01T00:00:00Z" }];
  const application = await createApplication(cluster(), "argocd", "back", { status: { history } });
  await expect(rollBack(connection(), application, 3, asked)).rejects.toMatchObject({ kind: "notFound" });
  await rollBack(connection(), application, 4, asked);
  const { operation } = await readApplication(cluster(), application);
  expect(operation?.sync).toMatchObject({ revision: "abc", source, syncStrategy: { apply: {} } });

  const automated = await createApplication(cluster(), "argocd", "itself", {
    spec: { syncPolicy: { automated: {} } },
    status: { history },
  });
  await expect(rollBack(connection(), automated, 4, asked)).rejects.toThrow("Pause auto-sync first");
});

test("refresh and pause change nothing else", async () => {
  const application = await createApplication(cluster(), "argocd", "quiet", {
    spec: { syncPolicy: { automated: { prune: true, selfHeal: true } } },
  });
  await refresh(connection(), application, "hard");
  const refreshed = await readApplication(cluster(), application);
  expect(refreshed.metadata.annotations).toEqual({ "argocd.argoproj.io/refresh": "hard" });
  expect(refreshed.spec).toEqual(application.spec);

  await setAutoSync(connection(), application, false);
  const paused = await readApplication(cluster(), application);
  expect(paused.spec?.syncPolicy?.automated).toEqual({ enabled: false, prune: true, selfHeal: true });
});

test("an operation is taken back before Argo CD has begun, and ended by Argo CD after that", async () => {
  const application = await createApplication(cluster(), "argocd", "stop");
  await expect(terminate(connection(), application)).rejects.toMatchObject({ kind: "conflict" });
  const waiting = await sync(connection(), application, {}, asked);
  await terminate(connection(), waiting);
  expect((await readApplication(cluster(), application)).operation).toBeUndefined();

  const { operation } = await sync(connection(), await readApplication(cluster(), application), {}, asked);
  const operationState = { phase: "Running", operation, startedAt: "2026-01-01T00:00:00Z", message: "" };
  const running = await playController(cluster(), application, { status: { operationState } });
  await terminate(connection(), running);
  expect((await readApplication(cluster(), application)).status?.operationState?.phase).toBe("Terminating");
});

test("rights are asked for before, and a missing one is told by verb, resource and namespace", async () => {
  await ensureNamespace(cluster(), "argocd");
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const rules = [{ apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch"] }];
  await rbac.createNamespacedRole({ namespace: "argocd", body: { metadata: { name: "reader" }, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" };
  const subjects = [{ kind: "User", name: "reader" }];
  const body = { metadata: { name: "reader" }, roleRef, subjects };
  await rbac.createNamespacedRoleBinding({ namespace: "argocd", body });

  const right = { group: "argoproj.io", resource: "applications", namespace: "argocd" } as const;
  const answers = await reviewAccess(connection(reader), [
    { ...right, verb: "watch" },
    { ...right, verb: "patch" },
  ]);
  expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
  expect(answers.filter(({ allowed }) => !allowed).map((each) => describeMissing(each.right))).toEqual([
    "You may not patch applications.argoproj.io in the namespace 'argocd'.",
  ]);
  const application = await createApplication(cluster(), "argocd", "kept");
  await expect(sync(connection(reader), application, {}, asked)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(sync(connection(guest), application, {}, asked)).rejects.toMatchObject({ kind: "forbidden" });
});

test("a right on a single Application, as teams often have it, is one", async () => {
  const [mine, theirs] = [
    await createApplication(cluster(), "shared", "mine"),
    await createApplication(cluster(), "shared", "theirs"),
  ];
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name: "owner-of-mine" };
  const rules = [
    { apiGroups: ["argoproj.io"], resources: ["applications"], resourceNames: ["mine"], verbs: ["get", "patch"] },
  ];
  await rbac.createNamespacedRole({ namespace: "shared", body: { metadata, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name };
  const subjects = [{ kind: "User", name: "owner" }];
  await rbac.createNamespacedRoleBinding({ namespace: "shared", body: { metadata, roleRef, subjects } });

  const access = kubernetesAccess(connection(owner), []);
  const missing = "You may not patch applications.argoproj.io 'theirs' in the namespace 'shared'.";
  // The API server hears of new rights some moments later.
  await expect.poll(() => access.missing("sync", mine)).toEqual([]);
  expect(await access.missing("sync", theirs)).toEqual([missing]);
  await sync(connection(owner), mine, {}, asked);
  const rights = new RememberedRights(systemClock);
  expect(await describePermissions(rights, connection(owner), mine)).toEqual([
    "Not permitted: delete. You may not delete applications.argoproj.io 'mine' in the namespace 'shared'.",
  ]);
  expect(await describePermissions(rights, connection(owner), theirs)).toHaveLength(2);
});

function connection(identity = admin): Connection {
  const made = connect(contextOf(cluster(), identity));
  onTestFinished(() => made.close());
  return made;
}
