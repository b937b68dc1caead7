import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Application } from "../../../client/src/cluster/argocd/application";
import { again } from "../../e2e/support/again";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import type { PopUps } from "../../e2e/support/popUps";
import { useVsCode } from "../../e2e/support/session";
import { connectProxy } from "../../support/connectProxy";
import { createApplication, deleteApplication, playController, readApplication } from "../support/applications";
import { admin, type Identity } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { freePort } from "../support/freePort";
import { kubeconfigOf } from "../support/kubeconfig";
import { packedExtension } from "../support/packedExtension";
import { startProxy, type Wire } from "../support/proxy";
import { useCluster } from "../support/useCluster";
import { playEvent, playWorkload } from "../support/workloads";
import { Sidebar } from "./sidebar";

const patience = { timeout: 90_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), "gitops-author-editor-"));
const kubeconfig = join(folder, "kubeconfig");
/** Where the system keeps the authorities that it trusts. */
const authority = join(folder, "authority.crt");
const workspace = emptyFolder();
const reader: Identity = { name: "reader", token: "token-of-reader" };
const cluster = useCluster([reader]);
let wire: Wire | undefined;
let dev: Application | undefined;

beforeAll(async () => {
  const health = { status: "Healthy" };
  await playWorkload(cluster(), "book", "web");
  await playEvent(cluster(), "book", {
    ...{ kind: "Pod", name: "web-1-a", reason: "BackOff", message: "Back-off restarting failed container app" },
  });
  const web = { group: "apps", version: "v1", kind: "Deployment", namespace: "book", name: "web", status: "Synced" };
  dev = await createApplication(cluster(), "argocd", "book-dev", {
    labels: { team: "books" },
    status: { health, sync: { status: "OutOfSync" }, resources: [{ kind: "ConfigMap", name: "settings" }, web] },
  });
  await createApplication(cluster(), "argocd", "book-stage", {
    status: { health: { status: "Degraded" }, sync: { status: "Synced" } },
  });
  await letRead();
  wire = await startProxy(cluster().url);
  writeFileSync(authority, cluster().certificate);
  const far = `https://127.0.0.1:${await freePort()}`;
  writeFileSync(kubeconfig, kubeconfigOfAll(kubeconfigText(cluster(), admin, wire.url), far));
  const metadata = "metadata:\n  name: book-dev\n  namespace: argocd\n";
  workspace.write("apps/book-dev.yaml", `apiVersion: argoproj.io/v1alpha1\nkind: Application\n${metadata}`);
});
afterAll(async () => {
  await wire?.close();
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("a person with a kubeconfig, in a real VS Code over a real API server", () => {
  // The settings themselves are edited here, in an editor among the others.
  const settings = { "workbench.colorTheme": "Dark Modern", "workbench.editor.useModal": "off" };
  const env = { KUBECONFIG: kubeconfig, SSL_CERT_FILE: authority };
  const vsCode = useVsCode(async () => ({ vsix: await packedExtension(), folder: workspace.folder, env, settings }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const popUps = (): PopUps => vsCode.workbench.popUps;

  test("sees the contexts before any cluster is contacted, and the Applications of the one that is opened", async () => {
    await sidebar().unfold("Clusters");
    await sidebar().row("Context prod-test, protected, not open").waitFor();
    expect(wire?.total).toBe(0);
    await sidebar().press(sidebar().row("Context test"), "Open Context");
    await sidebar().row("Context test, open").waitFor();
    await sidebar().row("Namespace argocd, 2 Applications").waitFor();
    await sidebar().unfold("Applications");
    await sidebar().row("Application book-stage, Degraded, Synced").waitFor();
    await sidebar().row("Application book-dev, OutOfSync, Healthy").waitFor();
    await sidebar().picture("clusters-dark");
  });

  test("groups them by a label, follows one down to its Pod and what is told of it, and finds another by its name", async () => {
    await sidebar().fold("Clusters");
    await sidebar().fold("Overlays");
    await sidebar().pressTitle("Applications", "Group Applications By");
    await popUps().pick("Label…");
    await popUps().pick("team");
    await sidebar().row("Label team without team, Applications: 1, needs a look").waitFor();
    await sidebar().row("Label team books, Applications: 1").waitFor();
    await sidebar().open(sidebar().row("Application book-dev"));
    await sidebar().open(sidebar().row("Deployment web, Synced"));
    await sidebar().open(sidebar().row("ReplicaSet web-1, 0 of 1 ready"));
    await sidebar().open(sidebar().row("Pod web-1-a, CrashLoopBackOff, 0 of 1 ready, 4 restarts"));
    await sidebar().row("Container app, CrashLoopBackOff, 4 restarts").waitFor();
    await sidebar().open(sidebar().row("Events of Pod web-1-a"));
    await sidebar().row("Warning BackOff, Back-off restarting failed container app, 3 times").waitFor();
    await sidebar().picture("resource-tree-dark");
    // Three watches of the context, one for ReplicaSets, one for Pods, one for the events.
    await vi.waitFor(() => expect(wire?.open).toBe(6), patience);
    await sidebar().open(sidebar().row("Application book-dev"), false);
    await vi.waitFor(() => expect(wire?.open).toBeLessThan(6), patience);

    await sidebar().pressTitle("Applications", "Group Applications By");
    await popUps().pick("Project");
    await vsCode.workbench.run("GitOps Author: Reveal in Applications View…");
    await popUps().pick("book-dev");
    await sidebar()
      .row("Application book-dev")
      .and(vsCode.workbench.page.locator(".selected[aria-expanded='true']"))
      .waitFor();
    await vsCode.workbench.restOn(sidebar().row("Application book-dev"), "Project: default");
    await sidebar().picture("application-tooltip-dark");
    await sidebar().unfold("Clusters");
  });

  test("is told when an Application was deleted while its menu was open", async () => {
    // A menu goes away when something else takes the focus, and there is no row then that it could be opened of again.
    await again(3, async (attempt) => {
      const name = `book-old-${attempt}`;
      await createApplication(cluster(), "argocd", name);
      const row = sidebar().row(`Application ${name}`);
      const item = await popUps().openMenu(row, "Hard Refresh Application");
      await deleteApplication(cluster(), "argocd", name);
      await row.waitFor({ state: "detached" });
      await item.click({ timeout: 20_000 });
    });
    await sidebar().told("What this menu was about is not there any more. Nothing was done.");
    expect(await popUps().box.count()).toBe(0);
  });

  test("syncs one: the operation is in etcd, and what a played controller does arrives in the row", async () => {
    const row = sidebar().row("Application book-dev");
    await sidebar().press(row, "Sync Application");
    await popUps().check("Prune");
    await sidebar().picture("sync-options-dark");
    await popUps().acceptChecked();
    await vi.waitFor(async () => expect((await current()).operation).toBeDefined(), patience);
    const { operation } = await current();
    expect(operation).toMatchObject({ initiatedBy: { username: "admin (VS Code)" }, sync: { prune: true } });
    await sidebar().row("Application book-dev, OutOfSync, syncing…, Healthy").waitFor();

    const sync = { status: "Synced" };
    const health = { status: "Healthy" };
    const startedAt = "2026-01-01T00:00:00Z";
    const running = { phase: "Running", message: "one of two tasks", startedAt, operation };
    await playController(cluster(), known(), { status: { sync, health, operationState: running } });
    await sidebar().told("one of two tasks");
    await sidebar().picture("syncing-dark");
    const done = { ...running, phase: "Succeeded", message: "all tasks run", finishedAt: "2026-01-01T00:01:00Z" };
    await playController(cluster(), known(), { operation: undefined, status: { sync, health, operationState: done } });
    await sidebar().row("Application book-dev, Healthy, Synced, namespace argocd").waitFor();
    await sidebar().told("Sync of book-dev: Succeeded, all tasks run");
  });

  test("goes from the Application to the file that defines it", async () => {
    await popUps().choose(sidebar().row("Application book-dev"), "Reveal Application in Editor");
    await vsCode.workbench.tab("book-dev.yaml").waitFor();
  });

  test("must type the name of a protected context before anything is written", async () => {
    await sidebar().press(sidebar().row("Context test, open"), "Close Context");
    await sidebar().row("Context test, not open").waitFor();
    await sidebar().press(sidebar().row("Context prod-test"), "Open Context");
    await sidebar().row("Context prod-test, protected, open").waitFor();
    await sidebar().press(sidebar().row("Application book-dev"), "Refresh Application");
    await popUps().type("yes");
    await popUps().says("Type prod-test to refresh book-dev").waitFor();
    await sidebar().picture("protected-dark");
    expect((await current()).metadata.annotations).toBeUndefined();
    await popUps().accept("prod-test");
    await vi.waitFor(async () => {
      expect((await current()).metadata.annotations).toEqual({ "argocd.argoproj.io/refresh": "normal" });
    }, patience);
  });

  test("is told which right is missing, and nothing is written", async () => {
    await sidebar().press(sidebar().row("Context prod-test, protected, open"), "Close Context");
    await sidebar().press(sidebar().row("Context reading"), "Open Context");
    await sidebar().row("Context reading, open").waitFor();
    const before = (await current()).metadata.resourceVersion;
    await sidebar().press(sidebar().row("Application book-dev"), "Sync Application");
    await sidebar().told("You may not patch applications.argoproj.io 'book-dev' in the namespace 'argocd'.");
    await sidebar().picture("missing-right-dark");
    expect((await current()).metadata.resourceVersion).toBe(before);
  });

  test("is told why a cluster cannot be reached, and can try again", async () => {
    await sidebar().press(sidebar().row("Context far"), "Open Context");
    await sidebar().row("Context far, unreachable").waitFor();
    await vsCode.workbench.page
      .locator(".sidebar .monaco-list-row", { hasText: "nothing listens there" })
      .first()
      .waitFor();
    await sidebar().picture("unreachable-dark");
    await sidebar().press(sidebar().row("Context far"), "Retry");
    await sidebar().row("Context far, unreachable").waitFor();
  });

  test("reaches a cluster through the proxy that a new kubeconfig names, believing the authorities of the system", async () => {
    await sidebar().unfold("Clusters");
    await sidebar().unfold("Applications");
    const proxy = await connectProxy(new URL(cluster().url).host);
    // What extensions ask of hosts that are not this machine, VS Code sends through a proxy of its own settings, or none.
    const server = "https://kubernetes.default.svc:6443";
    const text = kubeconfigText(cluster(), admin, server).replaceAll("test", "behind");
    // The authority is among those of the system.
    const own = /certificate-authority-data: \S+/;
    writeFileSync(kubeconfig, text.replace(own, `proxy-url: "${proxy.url}"`));
    await sidebar().press(sidebar().row("Context behind, not open"), "Open Context");
    await sidebar().row("Application book-stage").waitFor();
    expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT kubernetes.default.svc:6443"]));
  });

  test("sees in both views that a context is protected as soon as the settings say so, and no longer when they do not", async () => {
    // Its proxy has gone with the test before, so that it may be open or not reached any more.
    const shown = [sidebar().row("Context behind, protected"), sidebar().row("Cluster behind, protected")];
    for (const state of ["visible", "detached"] as const) {
      const patterns = state === "visible" ? ["behind"] : ["*prod*"];
      await changeSetting("gitopsAuthor.cluster.protected", patterns);
      for (const row of shown) await row.waitFor({ state });
    }
    await sidebar().row("Context behind").waitFor();
    await sidebar().row("Cluster behind").waitFor();
  });

  /** Changes a setting in VS Code's editor of its settings. What others write into that file, a VS Code in a browser does not see. */
  async function changeSetting(name: string, value: unknown): Promise<void> {
    const { workbench } = vsCode;
    const file = join(vsCode.folder, "data/User/settings.json");
    const settings = JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), [name]: value });
    await workbench.run("Preferences: Open User Settings (JSON)");
    await workbench.tab("settings.json").waitFor();
    // VS Code closes brackets that are typed, and not those that are pasted.
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(settings)})`);
    await vi.waitFor(async () => {
      await workbench.focus("settings.json");
      for (const key of ["A", "V", "S"]) await workbench.page.keyboard.press(`Control+${key}`);
      expect(readFileSync(file, "utf8").trim()).toBe(settings);
    }, patience);
  }
});

describe("a person without a kubeconfig", () => {
  const settings = { "workbench.colorTheme": "Light Modern" };
  const vsCode = useVsCode(async () => ({ vsix: await packedExtension(), folder: workspace.folder, settings }));

  test("is told what to do next", async () => {
    const sidebar = new Sidebar(vsCode.workbench);
    await sidebar.unfold("Clusters");
    await sidebar.unfold("Applications");
    const welcome = vsCode.workbench.page.locator(".sidebar .welcome-view-content");
    await welcome.filter({ hasText: "No kubeconfig was found" }).waitFor();
    await welcome.filter({ hasText: "There is no context to open yet" }).waitFor();
    await sidebar.picture("no-kubeconfig-light");
  });
});

describe("a folder that is not trusted", () => {
  const settings = {
    "workbench.colorTheme": "Light Modern",
    "security.workspace.trust.startupPrompt": "never",
  };
  const env = { KUBECONFIG: kubeconfig };
  const vsCode = useVsCode(async () => ({
    vsix: await packedExtension(),
    folder: workspace.folder,
    env,
    trusted: false,
    settings,
  }));

  test("shows no context and contacts nobody", async () => {
    const before = wire?.total;
    const sidebar = new Sidebar(vsCode.workbench);
    await sidebar.unfold("Clusters");
    const welcome = vsCode.workbench.page.locator(".sidebar .welcome-view-content");
    await welcome.filter({ hasText: "only in a workspace that you trust" }).waitFor();
    expect(await sidebar.row("Context").count()).toBe(0);
    expect(wire?.total).toBe(before);
    await sidebar.picture("untrusted-light");
  });
});

function known(): Application {
  if (dev === undefined) throw new Error("The Application is not there yet.");
  return dev;
}

/** What etcd holds of book-dev. */
function current(): Promise<Application> {
  return readApplication(cluster(), known());
}

/** Gives the reader the right to look at Applications in the namespace of Argo CD, and no other. */
async function letRead(): Promise<void> {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name: "reader" };
  const namespace = "argocd";
  const rules = [{ apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch"] }];
  await rbac.createNamespacedRole({ namespace, body: { metadata, rules } });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" };
  const subjects = [{ kind: "User", name: "reader" }];
  await rbac.createNamespacedRoleBinding({ namespace, body: { metadata, roleRef, subjects } });
}

/** The one context of a kubeconfig, under a protected name and for the reader too, and a cluster where nobody listens. */
function kubeconfigOfAll(text: string, far: string): string {
  const contexts = [
    "{ name: far, context: { cluster: far, user: admin } }",
    "{ name: prod-test, context: { cluster: test, user: admin } }",
    "{ name: reading, context: { cluster: test, user: reader } }",
  ];
  return text
    .replace("clusters: [", `clusters: [{ name: far, cluster: { server: "${far}" } }, `)
    .replace("users: [", `users: [{ name: reader, user: { token: ${reader.token} } }, `)
    .replace("contexts: [", `contexts: [${contexts.join(", ")}, `);
}
