import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CustomObjectsApi } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Application } from "../../../client/src/cluster/argocd/application";
import { copyExample } from "../../e2e/support/exampleCopy";
import type { PopUps } from "../../e2e/support/popUps";
import { useVsCode } from "../../e2e/support/session";
import { repositoryAt } from "../../support/gitRepository";
import { createApplication, playController, readApplication } from "../support/applications";
import { admin } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { kubeconfigOf } from "../support/kubeconfig";
import { packedExtension } from "../support/packedExtension";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const patience = { timeout: 90_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), "gitops-author-plan-"));
const kubeconfig = join(folder, "kubeconfig");
const workspace = copyExample();
const cluster = useCluster();
const repoURL = "https://github.com/example/person-service-config.git";
const overlay = "config/overlays/dev/kustomization.yaml";
let dev: Application | undefined;
let held: Application | undefined;
let healing: Application | undefined;
const doomed = new Map<string, Application>();

beforeAll(async () => {
  const { git } = repositoryAt(workspace.folder);
  git("init", "-q", "-b", "main");
  git("remote", "add", "origin", repoURL);
  git("config", "user.name", "Test");
  git("config", "user.email", "test@example.com");
  git("add", "-A");
  git("commit", "-q", "--no-gpg-sign", "-m", "First");
  const first = git("rev-parse", "HEAD");
  workspace.write(overlay, `${workspace.read(overlay)}# Later.\n`);
  git("commit", "-q", "--no-gpg-sign", "-a", "-m", "Add a word");
  const source = { repoURL, path: "config/overlays/dev", targetRevision: "main" };
  const history = [first, git("rev-parse", "HEAD")].map((revision, id) => ({
    id,
    revision,
    source,
    deployedAt: "2026-01-01T00:00:00Z",
  }));
  const service = { kind: "Service", namespace: "book-dev", name: "person-service", status: "Synced" };
  const old = { kind: "ConfigMap", namespace: "book-dev", name: "old", status: "OutOfSync", requiresPruning: true };
  dev = await createApplication(cluster(), "argocd", "book-dev", {
    spec: { source, syncPolicy: { syncOptions: ["CreateNamespace=true"] } },
    status: { health: { status: "Healthy" }, sync: { status: "OutOfSync" }, resources: [service, old], history },
  });
  await createProject("new-year", [{ kind: "allow", schedule: "0 0 1 1 *", duration: "1h", applications: ["*"] }]);
  const automated = { prune: true, selfHeal: true };
  healing = await createApplication(cluster(), "argocd", "healing", {
    spec: { source, syncPolicy: { automated } },
    status: { sync: { status: "Synced" }, resources: [service], history },
  });
  for (const name of ["doomed-alone", "doomed-with-all"]) {
    const status = { sync: { status: "Synced" }, resources: [service, { ...service, name: "other" }] };
    const made = await createApplication(cluster(), "argocd", name, { spec: { source }, status });
    const finalizers = ["resources-finalizer.argocd.argoproj.io"];
    const metadata = { ...made.metadata, ...(name === "doomed-alone" && { finalizers }) };
    doomed.set(name, await playController(cluster(), made, { metadata }));
  }
  held = await createApplication(cluster(), "argocd", "held", { spec: { source, project: "new-year" } });
  writeFileSync(kubeconfig, kubeconfigText(cluster(), admin));
});
afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("a person who syncs, in a real VS Code over a real API server", () => {
  const settings = { "workbench.colorTheme": "Dark Modern", "window.dialogStyle": "custom" };
  const vsCode = useVsCode(async () => ({
    vsix: await packedExtension(),
    folder: workspace.folder,
    env: { KUBECONFIG: kubeconfig },
    settings,
  }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const popUps = (): PopUps => vsCode.workbench.popUps;

  test("sees what is done in which order before anything is written, and syncs as planned", async () => {
    await sidebar().unfold("Clusters");
    await sidebar().press(sidebar().row("Context test"), "Open Context");
    await sidebar().row("Context test, open").waitFor();
    await sidebar().unfold("Applications");
    await sidebar().press(sidebar().row("Application book-dev"), "Sync Application");
    await popUps().row("Prune").waitFor();
    await sidebar().picture("sync-options-dark");
    await popUps().check("Prune");
    await popUps().acceptChecked();
    await sidebar().row("Phase Sync").waitFor();
    await sidebar().told("Sync book-dev in test?");
    await sidebar().fold("Clusters");
    await sidebar().fold("Overlays");
    await sidebar().row("8 of 8").waitFor();
    await sidebar().picture("sync-plan-dark");
    expect((await current()).operation).toBeUndefined();
    await sidebar().pressTitle("Sync Plan", "Sync as Planned");
    await vi.waitFor(async () => expect((await current()).operation?.sync.prune).toBe(true), patience);
  });

  test("goes from an object of the plan to the file that defines it, and closes the plan", async () => {
    const row = vsCode.workbench.page.locator('.sidebar .monaco-list-row[aria-label*="person-service, Service"]');
    await vsCode.workbench.press(row.first(), vsCode.workbench.tab("service.yaml"));
    await sidebar().pressTitle("Sync Plan", "Close Sync Plan");
    await sidebar().row("Phase Sync").waitFor({ state: "detached" });
  });

  test("prepares a revert in the work tree instead of a rollback, unsaved", async () => {
    await popUps().choose(sidebar().row("Application book-dev"), "Roll Back Application");
    await popUps().pick("0:");
    await popUps().row("Roll back now").waitFor();
    await sidebar().picture("roll-back-dark");
    await popUps().pick("Prepare a revert commit instead");
    await popUps().row(overlay).waitFor();
    await sidebar().picture("revert-files-dark");
    await popUps().acceptChecked();
    await sidebar().told("1 file is as before, not saved yet");
    expect(workspace.read(overlay)).toContain("# Later.");
    await vsCode.workbench.focus("kustomization.yaml");
    await vi.waitFor(async () => {
      await vsCode.workbench.page.keyboard.press("Control+s");
      expect(workspace.read(overlay)).not.toContain("# Later.");
    }, patience);
  });

  test("pauses auto-sync with the rollback, in one write, and hears of its end from Argo CD, which an actor plays", async () => {
    await popUps().choose(sidebar().row("Application healing"), "Roll Back Application");
    await popUps().pick("0:");
    await sidebar().picture("roll-back-auto-sync-dark");
    await popUps().pick("Pause auto-sync and roll back");
    const question = /Roll back 'healing' in test.*auto-sync is paused in the same step/s;
    await popUps().dialog(question).waitFor();
    expect((await read(healing)).operation).toBeUndefined();
    await popUps().pressInDialog(question, "Pause auto-sync and roll back");
    await vi.waitFor(async () => expect(await read(healing)).toMatchObject({ operation: { sync: {} } }), patience);
    const { spec, operation } = await read(healing);
    expect(spec?.syncPolicy?.automated).toEqual({ prune: true, selfHeal: true, enabled: false });
    expect(operation?.sync).toMatchObject({ revision: healing?.status?.history?.[0]?.revision });
    const { status } = await read(healing);
    const [startedAt, finishedAt] = ["2030-01-01T00:00:00Z", "2030-01-01T00:00:01Z"];
    const operationState = { phase: "Succeeded", operation, startedAt, finishedAt, message: "rolled back" };
    await playController(cluster(), known(healing), { operation: undefined, status: { ...status, operationState } });
    await sidebar().told("Rollback of healing: Succeeded");
  });

  test("deletes an Application with all that it deployed only after typing its name, by a finalizer", async () => {
    await popUps().choose(sidebar().row("Application doomed-with-all"), "Delete Application");
    await popUps().pick("(foreground)");
    const question = "Delete 'doomed-with-all' and 2 objects?";
    await popUps().dialog(question).waitFor();
    await sidebar().picture("delete-with-all-dark");
    await popUps().pressInDialog(question, "Continue…");
    await popUps().type("doomed");
    expect((await read(doomed.get("doomed-with-all"))).metadata.deletionTimestamp).toBeUndefined();
    await popUps().accept("doomed-with-all");
    await vi.waitFor(async () => {
      const { metadata } = await read(doomed.get("doomed-with-all"));
      expect(metadata.deletionTimestamp).toBeDefined();
      expect(metadata.finalizers).toEqual(["resources-finalizer.argocd.argoproj.io/foreground"]);
    }, patience);
  });

  test("deletes nothing but an Application, whose finalizer would take its objects along", async () => {
    await popUps().choose(sidebar().row("Application doomed-alone"), "Delete Application");
    await popUps().pick("Only the Application");
    await popUps().pressInDialog("2 objects stay in the cluster", "Delete Application");
    await vi.waitFor(() => expect(read(doomed.get("doomed-alone"))).rejects.toMatchObject({ code: 404 }), patience);
  });

  test("is told which sync window holds a sync back and until when", async () => {
    await sidebar().press(sidebar().row("Application held"), "Sync Application");
    const question = "The sync window 'allow at 0 0 1 1 * for 1h' of the project 'new-year'";
    await popUps().dialog(question).waitFor();
    await sidebar().picture("sync-window-dark");
    await popUps().pressInDialog(question, "Cancel");
    expect((await readApplication(cluster(), known(held))).operation).toBeUndefined();
  });

  test("plans again what could not be read, once it can be", async () => {
    const { spec } = known(dev);
    const destination = { server: "https://far.example.com", namespace: "book-dev" };
    const old = { kind: "ConfigMap", namespace: "book-dev", name: "old", status: "OutOfSync", requiresPruning: true };
    const status = { health: { status: "Healthy" }, sync: { status: "OutOfSync" }, resources: [old] };
    const far = await createApplication(cluster(), "argocd", "far", { spec: { ...spec, destination }, status });
    await sidebar().press(sidebar().row("Application far"), "Sync Application");
    await popUps().check("Prune");
    await popUps().acceptChecked();
    const failure = sidebar().row("Problem: Whether these say Prune=false");
    await failure.waitFor();
    await sidebar().picture("sync-plan-failure-dark");
    const body = { spec: { ...far.spec, destination: spec?.destination } };
    await playController(cluster(), far, { ...body, status: { ...status, health: { status: "Progressing" } } });
    await sidebar().row("Application far, Progressing, OutOfSync").waitFor();
    await sidebar().press(failure, "Plan Again");
    await failure.waitFor({ state: "detached" });
    await sidebar().row("Phase Sync").waitFor();
    await sidebar().pressTitle("Sync Plan", "Close Sync Plan");
  });

  test("sees the plan of an overlay without asking a cluster", async () => {
    await sidebar().fold("Applications");
    await sidebar().unfold("Overlays");
    await popUps().choose(sidebar().row("overlay, config/overlays/prod"), "Show Sync Plan");
    await sidebar().row("1 of 6: person-db, PostgresCluster").waitFor();
    await sidebar().picture("sync-plan-of-overlay-dark");
    expect(await sidebar().row("1 of 6").getAttribute("aria-label")).not.toMatch(/Missing|Synced/);
  });

  test("sees the plan follow what becomes of the files", async () => {
    const prod = "config/overlays/prod/kustomization.yaml";
    workspace.write(prod, `namePrefix: late-\n${workspace.read(prod)}`);
    await sidebar().row("1 of 6: late-person-db, PostgresCluster").waitFor();
  });
});

function known(application: Application | undefined): Application {
  if (application === undefined) throw new Error("The Application is not there yet.");
  return application;
}

/** What etcd holds of an Application. */
function read(application: Application | undefined): Promise<Application> {
  return readApplication(cluster(), known(application));
}

/** What etcd holds of book-dev. */
function current(): Promise<Application> {
  return read(dev);
}

async function createProject(name: string, syncWindows: readonly object[]): Promise<void> {
  const kind = { group: "argoproj.io", version: "v1alpha1", plural: "appprojects", namespace: "argocd" };
  const body = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name }, spec: { syncWindows } };
  await kubeconfigOf(cluster(), admin)
    .makeApiClient(CustomObjectsApi)
    .createNamespacedCustomObject({ ...kind, body });
}
