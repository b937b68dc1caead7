import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppsV1Api, CoreV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import type { PopUps } from "../../e2e/support/popUps";
import { useVsCode } from "../../e2e/support/session";
import { createApplication } from "../support/applications";
import { admin } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { kubeconfigOf } from "../support/kubeconfig";
import { packedExtension } from "../support/packedExtension";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const folder = mkdtempSync(join(tmpdir(), "gitops-author-apply-"));
const kubeconfig = join(folder, "kubeconfig");
const workspace = emptyFolder("config");
const cluster = useCluster();
const password = "hunter2-in-the-file";

beforeAll(async () => {
  const text = kubeconfigText(cluster(), admin).replaceAll("name: test, context", "name: prod-test, context");
  writeFileSync(kubeconfig, text.replace("current-context: test", "current-context: prod-test"));
  const kustomize = { images: ["quay.io/example/web:1.1.0"] };
  const source = { repoURL: "https://example.com/config.git", path: "config/overlays/dev", kustomize };
  await createApplication(cluster(), "argocd", "book-dev", { spec: { source } });
  workspace.write(".git/HEAD", "ref: refs/heads/main\n");
  workspace.write(".git/config", '[remote "origin"]\n\turl = https://example.com/config.git\n');
  const dev = "config/overlays/dev";
  workspace.write(
    `${dev}/kustomization.yaml`,
    "namespace: book-dev\nresources:\n- namespace.yaml\n- web.yaml\n- secret.yaml\n",
  );
  workspace.write(`${dev}/namespace.yaml`, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: book-dev\n");
  const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\nstringData:\n  password: ${password}\n`;
  workspace.write(`${dev}/secret.yaml`, secret);
  workspace.write(`${dev}/web.yaml`, deployment);
});
afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: quay.io/example/web:1.0.0
`;

describe("an overlay and a cluster, in a real VS Code over a real API server", () => {
  const settings = { "workbench.colorTheme": "Dark Modern" };
  const vsCode = useVsCode(async () => ({
    vsix: await packedExtension(),
    folder: workspace.folder,
    env: { KUBECONFIG: kubeconfig },
    settings,
  }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const popUps = (): PopUps => vsCode.workbench.popUps;
  const overlay = () => vsCode.workbench.row("config/overlays/dev");

  /** Confirms what is applied to the protected context. */
  async function confirm(): Promise<void> {
    await popUps().acceptChecked();
    await popUps().says("Type prod-test to apply").waitFor();
    await popUps().accept("prod-test");
  }

  test("is applied to a protected context after a look at what would change, and the report stays", async () => {
    await sidebar().unfold("Clusters");
    await sidebar().press(sidebar().row("Context prod-test"), "Open Context");
    await sidebar().row("Context prod-test, protected, open").waitFor();
    await popUps().choose(overlay(), "Apply Overlay to Cluster…");
    await popUps().row("Deployment web").waitFor();
    await sidebar().picture("apply-plan-dark");
    const { page } = vsCode.workbench;
    await confirm();
    const report = page.locator(".monaco-editor .view-line", { hasText: /Deployment\s+web/ }).first();
    await report.waitFor();
    await sidebar().picture("apply-report-dark");
    const { spec } = await apps().readNamespacedDeployment({ name: "web", namespace: "book-dev" });
    expect(spec?.replicas).toBe(2);
  });

  test("does not differ then, and after a change by hand just that is shown, with the way to the source", async () => {
    await popUps().choose(overlay(), "Diff Overlay with Cluster…");
    await sidebar().told("Nothing differs in 3 objects.");

    const live = await apps().readNamespacedDeployment({ name: "web", namespace: "book-dev" });
    const body = { ...live, spec: { ...live.spec, replicas: 5 } };
    await apps().replaceNamespacedDeployment({ name: "web", namespace: "book-dev", body: body as typeof live });
    const secret = await core().readNamespacedSecret({ name: "web", namespace: "book-dev" });
    const other = { ...secret, data: { password: Buffer.from("hunter3-in-the-cluster").toString("base64") } };
    await core().replaceNamespacedSecret({ name: "web", namespace: "book-dev", body: other });

    await sidebar().unfold("Applications");
    await popUps().choose(sidebar().row("Application book-dev"), "Diff Application with Cluster");
    await sidebar().told("2 of 3 objects differ");
    const { page } = vsCode.workbench;
    const line = page.locator(".modified .view-line", { hasText: /replicas:\s+2/ }).first();
    await line.waitFor();
    await page.locator(".modified .view-line", { hasText: "(changed)" }).first().waitFor();
    await sidebar().picture("live-diff-dark");
    const shown = await page.locator("body").innerText();
    expect(shown).not.toContain("hunter");
    expect(shown).not.toContain(Buffer.from(password).toString("base64"));

    const changed = page.locator(".editor.modified", { hasText: /replicas:\s+2/ }).first();
    await vsCode.workbench.placeCursorAfter(changed, "replicas: 2");
    await vsCode.workbench.run("GitOps Author: Go to Source of the Difference");
    await vsCode.workbench.focused("web.yaml").waitFor();
    await page.locator(".statusbar-item", { hasText: "Ln 6, " }).waitFor();
    await sidebar().picture("live-diff-source-dark");

    // What the Application sets is in no file here.
    await vsCode.workbench.placeCursorAfter(changed, "web:1.1.0");
    await vsCode.workbench.run("GitOps Author: Go to Source of the Difference");
    await sidebar().told("The Application 'book-dev' sets this in the cluster");
    await sidebar().picture("live-diff-set-by-application-dark");
  });

  test("what cannot be applied is told before and after, and a retry takes the corrected file and nothing else", async () => {
    const file = "config/overlays/dev/settings.yaml";
    const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
    const { page } = vsCode.workbench;
    const row = (text: string) => popUps().box.locator(".monaco-list-row", { hasText: text });
    const reported = (text: RegExp) => page.locator(".monaco-editor .view-line", { hasText: text }).first();
    await vsCode.workbench.run("View: Close All Editors");
    await page.locator(".tab").first().waitFor({ state: "detached" });
    workspace.write(file, `${configMap("Not_A_Name")}---\n${configMap("fine")}`);
    workspace.write("config/overlays/dev/kustomization.yaml", "namespace: book-dev\nresources:\n- settings.yaml\n");
    // Until the server has read the files it renders the old ones.
    const ours = (more: string) => page.locator(`.sidebar .monaco-list-row[aria-label*="config/overlays/dev"]${more}`);
    await ours('[aria-label*="error"]').waitFor();
    await popUps().choose(overlay(), "Apply Overlay to Cluster…");
    await row("ConfigMap Not_A_Name").filter({ hasText: "Invalid value" }).waitFor();
    await sidebar().picture("apply-failing-dark");
    await confirm();
    await reported(/FAILED\s+ConfigMap\sNot_A_Name/).waitFor();
    const fine = await core().readNamespacedConfigMap({ name: "fine", namespace: "book-dev" });
    await sidebar().picture("apply-failed-dark");

    workspace.write(file, `${configMap("good-name")}---\n${configMap("fine")}`);
    await ours(':not([aria-label*="error"])').waitFor();
    const lens = page.locator(".codelens-decoration a", { hasText: "Retry 1 Object" });
    await vsCode.workbench.press(lens, row("ConfigMap good-name"));
    expect(await row("ConfigMap").count()).toBe(1);
    await confirm();
    await reported(/created\s+ConfigMap\sgood-name/).waitFor();
    await lens.waitFor({ state: "detached" });
    await core().readNamespacedConfigMap({ name: "good-name", namespace: "book-dev" });
    const after = await core().readNamespacedConfigMap({ name: "fine", namespace: "book-dev" });
    expect(after.metadata?.resourceVersion).toBe(fine.metadata?.resourceVersion);

    await core().deleteNamespacedConfigMap({ name: "fine", namespace: "book-dev" });
    await popUps().choose(overlay(), "Diff Overlay with Cluster…");
    await sidebar().told("1 is only in the files.");
    await page
      .locator(".modified .view-line", { hasText: /name:\sfine/ })
      .first()
      .waitFor();
    await sidebar().picture("live-diff-only-files-dark");
  });
});

function apps(): AppsV1Api {
  return kubeconfigOf(cluster(), admin).makeApiClient(AppsV1Api);
}

function core(): CoreV1Api {
  return kubeconfigOf(cluster(), admin).makeApiClient(CoreV1Api);
}
