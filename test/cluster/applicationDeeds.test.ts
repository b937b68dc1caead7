import { CoreV1Api, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { describeMissing, type Right, reviewAccess } from "../../client/src/cluster/accessReview";
import { findPasswordHolders, readAdminPassword } from "../../client/src/cluster/argocd/adminPassword";
import { type Application, applications } from "../../client/src/cluster/argocd/application";
import { connectArgocdServer } from "../../client/src/cluster/argocd/argocdServer";
import {
  findRoleBinding,
  givesAtLeast,
  type RoleBinding,
  roleBindings,
} from "../../client/src/cluster/argocd/controllerAccess";
import { deleteApplication } from "../../client/src/cluster/argocd/deletion";
import { exportManifest } from "../../client/src/cluster/argocd/exportManifest";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { createObject } from "../../client/src/cluster/createObject";
import type { ResourceType } from "../../client/src/cluster/kubeObject";
import { type Controller, controllerBinding } from "../../server/src/analysis/controllerBinding";
import { writeDocument } from "../../server/src/yaml/writeDocument";
import { createApplication, ensureNamespace, playController, readApplication } from "./support/applications";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";

const reader: Identity = { name: "reader", token: "token-of-reader" };
const patcher: Identity = { name: "patcher", token: "token-of-patcher" };
const cluster = useCluster([reader, patcher]);

const finalizer = "resources-finalizer.argocd.argoproj.io";

describe("a deletion", () => {
  test.each(["foreground", "background"] as const)(
    "%s writes the finalizer, then waits for Argo CD",
    async (cascade) => {
      const application = await createApplication(cluster(), "argocd", `gone-${cascade}`);
      await deleteApplication(connection(), application, cascade);
      const { metadata } = await readApplication(cluster(), application);
      expect(metadata.finalizers).toEqual([`${finalizer}/${cascade}`]);
      expect(metadata.deletionTimestamp).toBeDefined();
      await expect(deleteApplication(connection(), application, cascade)).rejects.toThrow("is being deleted already");
    },
  );

  test("without cascade takes the finalizers of Argo CD away, and only those", async () => {
    const application = await withFinalizers("alone", [finalizer]);
    await deleteApplication(connection(), application, "none");
    await expect(readApplication(cluster(), application)).rejects.toMatchObject({ code: 404 });

    const held = await withFinalizers("held", [`${finalizer}/background`, "example.com/holds"]);
    await deleteApplication(connection(), held, "none");
    expect((await readApplication(cluster(), held)).metadata.finalizers).toEqual(["example.com/holds"]);
  });

  test("lets go of one that waits for Argo CD", async () => {
    const application = await createApplication(cluster(), "argocd", "waiting");
    await deleteApplication(connection(), application, "foreground");
    await deleteApplication(connection(), await readApplication(cluster(), application), "none");
    await expect(readApplication(cluster(), application)).rejects.toMatchObject({ code: 404 });
  });

  test("goes on when only a controller wrote its status, played here, and leaves what says something else", async () => {
    const application = await createApplication(cluster(), "argocd", "moving");
    await playController(cluster(), application, { status: { sync: { status: "Synced" } } });
    await deleteApplication(connection(), application, "none");
    await expect(readApplication(cluster(), application)).rejects.toMatchObject({ code: 404 });

    const edited = await createApplication(cluster(), "argocd", "edited");
    await playController(cluster(), edited, { spec: { ...edited.spec, project: "other" } });
    await expect(deleteApplication(connection(), edited, "foreground")).rejects.toMatchObject({ kind: "conflict" });
    expect((await readApplication(cluster(), edited)).metadata).not.toHaveProperty("finalizers");

    const grown = await createApplication(cluster(), "argocd", "grown");
    const resources = [{ version: "v1", kind: "Service", namespace: "book", name: "web" }];
    await playController(cluster(), grown, { status: { sync: { status: "Synced" }, resources } });
    await expect(deleteApplication(connection(), grown, "background")).rejects.toThrow("changed in the meantime");
    expect((await readApplication(cluster(), grown)).metadata).not.toHaveProperty("deletionTimestamp");
  });

  test("never hits one that was made anew under the same name", async () => {
    const old = await createApplication(cluster(), "argocd", "phoenix");
    await deleteApplication(connection(), old, "none");
    const anew = await createApplication(cluster(), "argocd", "phoenix");
    for (const cascade of ["none", "foreground"] as const) {
      await expect(deleteApplication(connection(), old, cascade)).rejects.toThrow("The new one stays");
    }
    expect((await readApplication(cluster(), anew)).metadata).toEqual(anew.metadata);
  });

  test("by someone without the right changes nothing", async () => {
    await allow(patcher, applications, ["get", "patch"]);
    const application = await createApplication(cluster(), "argocd", "kept");
    await expect(deleteApplication(connection(reader), application, "foreground")).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect((await readApplication(cluster(), application)).metadata).toEqual(application.metadata);
    await expect(deleteApplication(connection(patcher), application, "none")).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect((await readApplication(cluster(), application)).metadata).not.toHaveProperty("deletionTimestamp");
  });
});

describe("an export", () => {
  test("applied elsewhere and exported again is the same text", async () => {
    const application = await createApplication(cluster(), "argocd", "carried", {
      spec: { syncPolicy: { automated: { prune: true }, syncOptions: ["PruneLast=true"] } },
      status: { sync: { status: "Synced" }, reconciledAt: "2026-01-01T00:00:00Z" },
    });
    const annotations = { "argocd.argoproj.io/refresh": "hard", note: "yes" };
    await playController(cluster(), application, {
      metadata: { ...application.metadata, annotations, labels: { team: "shop" }, finalizers: [finalizer] },
      operation: { sync: {} },
    });
    const first = exportManifest(await readApplication(cluster(), application)).object;
    const text = writeDocument(first);
    expect(text).not.toMatch(/status|operation|uid|resourceVersion|managedFields|generation|Timestamp|refresh/);

    await ensureNamespace(cluster(), "elsewhere");
    const body = parse(text) as Application;
    const made = await createObject(connection(), applications, {
      ...body,
      metadata: { ...body.metadata, namespace: "elsewhere" },
    });
    const second = exportManifest(await readApplication(cluster(), made)).object;
    expect(writeDocument(second)).toBe(text.replace("namespace: argocd", "namespace: elsewhere"));
  });
});

describe("access for an Argo CD", () => {
  const controller = { namespace: "openshift-gitops", name: "openshift-gitops-argocd-application-controller" };
  const binding = (namespace: string): RoleBinding => controllerBinding(controller, namespace) as RoleBinding;

  test("lets its service account (with a role whose parts are put together here) deploy into the namespace, and nowhere else", async () => {
    await playAggregation("admin");
    await ensureNamespace(cluster(), "book-dev");
    expect(await mayDeploy(controller, "book-dev")).toBe(false);
    await createObject(connection(), roleBindings, binding("book-dev"));
    await expect.poll(() => mayDeploy(controller, "book-dev")).toBe(true);
    expect(await mayDeploy(controller, "default")).toBe(false);
    const known = await findRoleBinding(connection(), binding("book-dev"));
    expect(known && givesAtLeast(known, binding("book-dev"))).toBe(true);
    const again = createObject(connection(), roleBindings, binding("book-dev"));
    await expect(again).rejects.toThrow(
      "There is a RoleBinding 'argocd-may-deploy' in the namespace 'book-dev' already",
    );
  });

  test("is given by nobody who lacks the right, who is told which, nor by someone with less than they give", async () => {
    await playAggregation("admin");
    await ensureNamespace(cluster(), "book-prod");
    const right: Right = {
      verb: "create",
      group: roleBindings.group,
      resource: "rolebindings",
      namespace: "book-prod",
    };
    const [answer] = await reviewAccess(connection(reader), [right]);
    expect(answer?.allowed).toBe(false);
    expect(describeMissing(right)).toBe(
      "You may not create rolebindings.rbac.authorization.k8s.io in the namespace 'book-prod'.",
    );
    await allow(patcher, roleBindings, ["create"], "book-prod");
    for (const identity of [reader, patcher]) {
      const refused = createObject(connection(identity), roleBindings, binding("book-prod"));
      await expect(refused).rejects.toMatchObject({ kind: "forbidden" });
    }
    expect(await findRoleBinding(connection(), binding("book-prod"))).toBeUndefined();
  });
});

test("a server is believed only with a certificate that someone vouches for, here that of the API server", async () => {
  const { url, certificate: certificates } = cluster();
  const version = { path: "/version" };
  const doubtful = connectArgocdServer({ url });
  await expect(doubtful.get(version)).rejects.toMatchObject({ kind: "certificate" });
  const vouchedFor = connectArgocdServer({ url, certificates });
  expect(await vouchedFor.get(version)).toHaveProperty("gitVersion");
  for (const each of [doubtful, vouchedFor]) each.close();
});

test("the admin password is read from the Secret that is there, and only with the right to read it", async () => {
  await ensureNamespace(cluster(), "gitops");
  const core = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  const read = async (identity = admin): Promise<string> => {
    const own = connection(identity);
    return await readAdminPassword(own, await findPasswordHolders(own, "gitops"));
  };
  await expect(read(reader)).rejects.toThrow("You may not get secrets in the namespace 'gitops'.");
  await expect(read()).rejects.toMatchObject({ kind: "notFound" });
  const stringData = { "admin.password": "from-the-operator" };
  await core.createNamespacedSecret({
    namespace: "gitops",
    body: { metadata: { name: "gitops-cluster" }, stringData },
  });
  expect(await read()).toBe("from-the-operator");
  const body = { metadata: { name: "argocd-initial-admin-secret" }, stringData: { password: "initial" } };
  await core.createNamespacedSecret({ namespace: "gitops", body });
  expect(await read()).toBe("initial");
});

async function withFinalizers(name: string, finalizers: readonly string[]): Promise<Application> {
  const application = await createApplication(cluster(), "argocd", name);
  return await playController(cluster(), application, { metadata: { ...application.metadata, finalizers } });
}

/** Fills in a role that has its rules from others. In a whole cluster a controller of Kubernetes does. */
async function playAggregation(name: string): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const names = ["view", "edit", "admin"].map((each) => `system:aggregate-to-${each}`);
  const parts = await Promise.all(names.map((each) => rbac.readClusterRole({ name: each })));
  const body = { ...(await rbac.readClusterRole({ name })), rules: parts.flatMap(({ rules }) => rules ?? []) };
  await rbac.replaceClusterRole({ name, body });
}

/** What only a SubjectAccessReview tells: whether somebody else may do something. */
async function mayDeploy({ namespace: home, name }: Controller, namespace: string): Promise<boolean> {
  const answer = await connection().get<{ readonly status: { readonly allowed: boolean } }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    body: {
      spec: {
        user: `system:serviceaccount:${home}:${name}`,
        resourceAttributes: { verb: "create", group: "apps", resource: "deployments", namespace },
      },
    },
  });
  return answer.status.allowed;
}

async function allow({ name }: Identity, type: ResourceType, verbs: string[], namespace = "argocd"): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const rules = [{ apiGroups: [type.group], resources: [type.plural], verbs }];
  await rbac.createNamespacedRole({ namespace, body: { metadata: { name }, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name };
  const body = { metadata: { name }, roleRef, subjects: [{ kind: "User", name }] };
  await rbac.createNamespacedRoleBinding({ namespace, body });
}

function connection(identity = admin): Connection {
  const made = connect(contextOf(cluster(), identity));
  onTestFinished(() => made.close());
  return made;
}
