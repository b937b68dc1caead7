import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CoreV1Api, NetworkingV1Api, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import type { Application } from "../../../client/src/cluster/argocd/application";
import { again } from "../../e2e/support/again";
import { copyExample } from "../../e2e/support/exampleCopy";
import type { PopUps } from "../../e2e/support/popUps";
import { useVsCode } from "../../e2e/support/session";
import { textsOfVsCode, warningsIn } from "../../e2e/support/vsCodeFiles";
import { createApplication, deleteApplication, ensureNamespace, readApplication } from "../support/applications";
import { admin } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { kubeconfigOf } from "../support/kubeconfig";
import { packedExtension } from "../support/packedExtension";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const patience = { timeout: 90_000, interval: 100 };
const home = "openshift-gitops";
const password = "Zx81-password-of-admin-Qw7";
const folder = mkdtempSync(join(tmpdir(), "gitops-author-commands-"));
const kubeconfig = join(folder, "kubeconfig");
const workspace = copyExample();
const cluster = useCluster();

beforeAll(async () => {
  workspace.write(".git/HEAD", "ref: refs/heads/main\n");
  const remote = "https://github.com/example/person-service-config.git";
  workspace.write(".git/config", `[remote "origin"]\n\turl = ${remote}\n`);
  await ensureNamespace(cluster(), "book-dev");
  await createApplication(cluster(), home, "book-dev", {
    labels: { team: "books" },
    annotations: {
      "example.com/owner": "books",
      "kubectl.kubernetes.io/last-applied-configuration": "{}",
      "argocd.argoproj.io/refresh": "normal",
    },
    spec: {
      source: { repoURL: remote, path: "config/overlays/dev", targetRevision: "main" },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ["PruneLast=true"] },
    },
    status: { health: { status: "Healthy" }, sync: { status: "Synced" } },
  });
  await makeArgocd();
  writeFileSync(kubeconfig, kubeconfigText(cluster(), admin));
});
afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("a person with rights on everything, in a real VS Code over a real API server", () => {
  const settings = {
    "workbench.colorTheme": "Dark Modern",
    "window.dialogStyle": "custom",
    "files.simpleDialog.enable": true,
    "gitopsAuthor.argocd.addresses": { "test/elsewhere": "https://written.example.com" },
  };
  const vsCode = useVsCode(async () => ({
    vsix: await packedExtension(),
    folder: workspace.folder,
    env: { KUBECONFIG: kubeconfig },
    settings,
  }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const popUps = (): PopUps => vsCode.workbench.popUps;

  /** Waits for a question of the form, takes a picture of it, and answers it by typing, or with what is offered first. */
  async function answer(step: number, text?: string): Promise<void> {
    await popUps().title(`(${step}/7)`).waitFor();
    await sidebar().picture(`new-application-${step}`);
    await popUps().answer(`(${step}/7)`, text);
  }

  test("makes a new Application out of an overlay, first as a file, and then in the cluster", async () => {
    await sidebar().unfold("Clusters");
    await sidebar().press(sidebar().row("Context test"), "Open Context");
    await sidebar().row("Context test, open").waitFor();
    await sidebar().unfold("Overlays");
    await popUps().choose(sidebar().row("overlay, config/overlays/prod"), "New Application…");
    await answer(1);
    await answer(2, home);
    await answer(3);
    await answer(4, "book");
    await answer(5);
    await answer(6);
    await answer(7, "prune");
    const file = "argocd/book-prod.yaml";
    await vsCode.workbench.tab(file).waitFor();
    await sidebar().told("The Application 'book-prod' is written, but not saved yet.");
    await sidebar().picture("new-application-written");
    expect(workspace.read(file) ?? "").toBe("");
    await sidebar().answer("The Application 'book-prod' is written", "Create in a Cluster");
    await sidebar().told(`Application 'book-prod' was created in the namespace '${home}' of test.`);
    await sidebar().picture("new-application-created");
    const created = await live("book-prod");
    expect(created.spec).toMatchObject({
      project: "book",
      source: { path: "config/overlays/prod", targetRevision: "main" },
      destination: { server: "https://kubernetes.default.svc", namespace: "book-prod" },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    });
    await vsCode.workbench.run("File: Save All Files");
    await vi.waitFor(() => expect(workspace.read(file)).toContain("name: book-prod"), patience);
    expect(created.spec).toEqual((parse(workspace.read(file) ?? "") as Application).spec);
    await sidebar().unfold("Applications");
    await sidebar().fold("Overlays");
    await sidebar().row("Application book-prod").waitFor();
  });

  test("has the admin password in the clipboard after a warning, and nowhere else", async () => {
    const { page } = vsCode.workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(`navigator.clipboard.writeText("before")`);
    const row = sidebar().row(`Argo CD ${home}`);
    await popUps().choose(row, "Copy Admin Password of Argo CD…");
    const question = `Copy the admin password of the Argo CD in '${home}' of test?`;
    await popUps().dialog(question).waitFor();
    await sidebar().picture("admin-password-warning");
    await popUps().pressInDialog(question, "Cancel");
    expect(await clipboard()).toBe("before");
    await popUps().choose(row, "Copy Admin Password of Argo CD…");
    await popUps().pressInDialog(question, "Copy Password");
    await sidebar().told("The password of admin is in the clipboard for a minute.");
    expect(await clipboard()).toBe(password);
    await sidebar().picture("admin-password-copied");
    expect(await page.content()).not.toContain(password);
  });

  test("opens the page of each Argo CD: its configuration, an Ingress or a setting says where it is", async () => {
    const row = sidebar().row(`Argo CD ${home}`);
    await popUps().choose(row, "Open Argo CD");
    await popUps().dialog("https://argocd.example.com/gitops").waitFor();
    await sidebar().picture("open-argocd");
    await popUps().pressInDialog("https://argocd.example.com/gitops", "Cancel");
    await vsCode.workbench.run("GitOps Author: Open Argo CD");
    await popUps().row("https://configured.example.com").waitFor();
    await popUps().row("https://argocd.example.com/gitops").waitFor();
    await sidebar().picture("open-argocd-which");
    await popUps().pick("https://written.example.com");
    await popUps().pressInDialog("https://written.example.com", "Cancel");
  });

  test("pauses auto-sync and resumes it; nothing else of the Application changes", async () => {
    const before = await live("book-dev");
    const row = sidebar().row("Application book-dev");
    await popUps().choose(row, "Pause Auto-Sync of Application");
    await vi.waitFor(async () => {
      const { automated } = (await live("book-dev")).spec?.syncPolicy ?? {};
      expect(automated).toEqual({ prune: true, selfHeal: true, enabled: false });
    }, patience);
    await sidebar().open(row);
    await sidebar().row("Auto-sync paused").waitFor();
    await sidebar().picture("auto-sync-paused");
    await popUps().choose(row, "Resume Auto-Sync of Application");
    await vi.waitFor(async () => {
      expect((await live("book-dev")).spec?.syncPolicy?.automated).toMatchObject({ enabled: true });
    }, patience);
    const after = await live("book-dev");
    await sidebar().open(row, false);
    expect({ ...after.spec, syncPolicy: undefined }).toEqual({ ...before.spec, syncPolicy: undefined });
    expect(after.operation).toBeUndefined();
  });

  test("exports an Application to a file, without what the cluster added", async () => {
    await popUps().choose(sidebar().row("Application book-dev"), "Export Application…");
    await popUps().row("Write to a file…").waitFor();
    await sidebar().picture("export");
    await popUps().pick("Write to a file…");
    const file = "exported.yaml";
    await popUps().title("Export book-dev").waitFor();
    const offered = join(workspace.folder, "book-dev.yaml");
    await vi.waitFor(async () => expect(await popUps().input.inputValue()).toBe(offered), patience);
    await sidebar().picture("export-save");
    await popUps().nameFile("Export book-dev", join(workspace.folder, file));
    await vsCode.workbench.focused(file).waitFor();
    await sidebar().picture("exported");
    expect(parse(workspace.read(file) ?? "")).toEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: {
        ...{ name: "book-dev", namespace: home, labels: { team: "books" } },
        annotations: { "example.com/owner": "books" },
      },
      spec: (await live("book-dev")).spec,
    });
  });

  test("gives Argo CD access to the namespace of an Application, in the cluster and in a file", async () => {
    const row = sidebar().row("Application book-dev");
    await popUps().choose(row, "Grant Argo CD Access");
    await popUps().row("Create the RoleBinding in test").waitFor();
    await sidebar().picture("grant-access");
    await popUps().pick("Create the RoleBinding in test");
    await sidebar().told("was created in the namespace 'book-dev' of test.");
    const { items } = await rbac().listNamespacedRoleBinding({ namespace: "book-dev" });
    expect(items.map(({ roleRef, subjects }) => [roleRef.name, subjects])).toEqual([
      ["admin", [{ kind: "ServiceAccount", name: "openshift-gitops-argocd-application-controller", namespace: home }]],
    ]);
    await popUps().choose(row, "Grant Argo CD Access");
    await popUps().pick("Create the RoleBinding in test");
    await sidebar().told("may deploy into 'book-dev' already.");
    await popUps().choose(row, "Grant Argo CD Access");
    await popUps().pick("Open the file that has it already");
    const file = "argocd/role-bindings.yaml";
    // An editor that takes the focus closes menus.
    await vsCode.workbench.focused(file).waitFor();
    expect(workspace.read(file)).not.toContain("namespace: book-prod");
    await popUps().choose(sidebar().row("Application book-prod"), "Grant Argo CD Access");
    await popUps().pick("Add a RoleBinding to 'role-bindings.yaml'");
    const editor = vsCode.workbench.editor(file);
    await vsCode.workbench.line(editor, "namespace: book-prod").waitFor();
    const lines = (workspace.read(file) ?? "").trimEnd().split("\n");
    await vsCode.workbench.cursorAt({ line: lines.length + 2, column: 1 });
    await vsCode.workbench.run("File: Save All Files");
    await vi.waitFor(() => expect(workspace.read(file)).toContain("namespace: book-prod"), patience);
  });

  test("is told that a row is gone, whatever its menu offers, and is never asked for another one", async () => {
    // A menu goes away when something else takes the focus, and there is no row then that it could be opened of again.
    await again(3, async (attempt) => {
      const name = `book-gone-${attempt}`;
      await createApplication(cluster(), home, name);
      const row = sidebar().row(`Application ${name}`);
      const item = await popUps().openMenu(row, "Grant Argo CD Access");
      await deleteApplication(cluster(), home, name);
      await row.waitFor({ state: "detached" });
      await item.click({ timeout: 20_000 });
    });
    await sidebar().told("What this menu was about is not there any more. Nothing was done.");
    expect(await popUps().box.count()).toBe(0);
  });

  test("has no password in the clipboard after a minute, and finds it in no file that VS Code wrote", async () => {
    await vi.waitFor(async () => expect(await clipboard()).toBe(""), { timeout: 90_000, interval: 500 });
    const written = textsOfVsCode(vsCode.folder);
    const mark = `Opening the context test (${cluster().url})`;
    expect(written.some((text) => text.includes(mark))).toBe(true);
    expect(warningsIn(written, mark)).toEqual([]);
    expect(written.filter((text) => text.includes(password))).toEqual([]);
  });

  function clipboard(): Promise<string> {
    return vsCode.workbench.page.evaluate("navigator.clipboard.readText()");
  }
});

/** What etcd holds of an Application. */
function live(name: string): Promise<Application> {
  return readApplication(cluster(), { metadata: { name, namespace: home } } as Application);
}

function rbac(): RbacAuthorizationV1Api {
  return kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
}

/** Two instances of Argo CD as far as they can be seen: one with an Ingress and a password, as the operator makes them, and one whose configuration says where it is. */
async function makeArgocd(): Promise<void> {
  const core = kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
  await ensureNamespace(cluster(), "argocd");
  const metadata = { name: "argocd-cm" };
  await core.createNamespacedConfigMap({ namespace: home, body: { metadata } });
  const data = { url: "https://configured.example.com" };
  await core.createNamespacedConfigMap({ namespace: "argocd", body: { metadata, data } });
  const secret = { metadata: { name: `${home}-cluster` }, stringData: { "admin.password": password } };
  await core.createNamespacedSecret({ namespace: home, body: secret });
  const backend = { service: { name: `${home}-server`, port: { number: 443 } } };
  const paths = [{ path: "/gitops", pathType: "Prefix", backend }];
  const host = "argocd.example.com";
  const spec = { tls: [{ hosts: [host] }], rules: [{ host, http: { paths } }] };
  const body = { metadata: { name: "argocd" }, spec };
  await kubeconfigOf(cluster(), admin)
    .makeApiClient(NetworkingV1Api)
    .createNamespacedIngress({ namespace: home, body });
}
