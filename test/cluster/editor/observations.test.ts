import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Application } from "../../../client/src/cluster/argocd/application";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import { useVsCode } from "../../e2e/support/session";
import { createApplication, playController } from "../support/applications";
import { admin } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { packedExtension } from "../support/packedExtension";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const patience = { timeout: 90_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), "gitops-author-editor-"));
const kubeconfig = join(folder, "kubeconfig");
const workspace = emptyFolder();
const cluster = useCluster();
const repoURL = "https://example.com/config.git";
const message = "Failed to load target state: `kustomize build` failed: no such file web.yaml";
let dev: Application | undefined;

const manifest = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: book-dev
  namespace: argocd
spec:
  project: default
  source:
    repoURL: ${repoURL}
    path: overlays/dev
  destination:
    server: https://kubernetes.default.svc
    namespace: book-dev
`;

beforeAll(async () => {
  dev = await createApplication(cluster(), "argocd", "book-dev", {
    spec: { source: { repoURL, path: "overlays/dev" } },
    status: {
      health: { status: "Healthy" },
      sync: { status: "Unknown", revision: "9f1c2d4e5b6a79808182838485868788898a8b8c" },
      conditions: [{ type: "ComparisonError", message }],
    },
  });
  writeFileSync(kubeconfig, kubeconfigText(cluster(), admin));
  workspace.write(".git/HEAD", "ref: refs/heads/main\n");
  workspace.write(".git/config", `[remote "origin"]\n\turl = ${repoURL}\n`);
  workspace.write("apps/book-dev.yaml", manifest);
  workspace.write("overlays/dev/kustomization.yaml", "resources:\n- config.yaml\n");
  workspace.write("overlays/dev/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n");
});
afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

const settings = { "workbench.colorTheme": "Dark Modern" };
const vsCode = useVsCode(async () => ({
  vsix: await packedExtension(),
  folder: workspace.folder,
  env: { KUBECONFIG: kubeconfig },
  settings,
}));

test("an open context shows in the files: above an Application and its overlay, and among the findings; a played controller changes both", async () => {
  const { workbench } = vsCode;
  const sidebar = new Sidebar(workbench);
  await workbench.open("book-dev.yaml");
  await sidebar.unfold("Clusters");
  await sidebar.press(sidebar.row("Context test"), "Open Context");
  await lens("book-dev: ComparisonError · Sync unknown · Healthy — cluster test").waitFor();
  const finding = workbench.page.locator(".squiggly-warning").first();
  await finding.waitFor();
  await sidebar.unfold("Applications");
  await sidebar.picture("live-application-dark");

  await workbench.open("overlays/dev/kustomization.yaml");
  const selected = sidebar.row("Application book-dev").and(workbench.page.locator(".selected"));
  await workbench.press(lens("book-dev: ComparisonError").locator("a").first(), selected);
  await sidebar.picture("live-overlay-dark");

  const status = { health: { status: "Healthy" }, sync: { status: "Synced" }, conditions: [] };
  if (dev !== undefined) await playController(cluster(), dev, { status });
  await lens("book-dev: Healthy · Synced — cluster test").waitFor();
  await workbench.open("book-dev.yaml");
  await lens("book-dev: Healthy · Synced — cluster test").waitFor();
  await finding.waitFor({ state: "detached" });

  await sidebar.press(sidebar.row("Context test, open"), "Close Context");
  await vi.waitFor(async () => expect(await lens("book-dev").count()).toBe(0), patience);
});

function lens(text: string): Locator {
  return vsCode.workbench.page.locator(".codelens-decoration", { hasText: text }).first();
}
