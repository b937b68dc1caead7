import { RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { type Application, applications } from "../../client/src/cluster/argocd/application";
import { deleteApplication } from "../../client/src/cluster/argocd/deletion";
import { exportManifest } from "../../client/src/cluster/argocd/exportManifest";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { createObject } from "../../client/src/cluster/createObject";
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
    await allow(patcher, "applications", ["get", "patch"]);
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

async function withFinalizers(name: string, finalizers: readonly string[]): Promise<Application> {
  const application = await createApplication(cluster(), "argocd", name);
  return await playController(cluster(), application, { metadata: { ...application.metadata, finalizers } });
}

async function allow({ name }: Identity, resource: string, verbs: string[]): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const rules = [{ apiGroups: ["argoproj.io"], resources: [resource], verbs }];
  await rbac.createNamespacedRole({ namespace: "argocd", body: { metadata: { name }, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name };
  const body = { metadata: { name }, roleRef, subjects: [{ kind: "User", name }] };
  await rbac.createNamespacedRoleBinding({ namespace: "argocd", body });
}

function connection(identity = admin): Connection {
  const made = connect(contextOf(cluster(), identity));
  onTestFinished(() => made.close());
  return made;
}
