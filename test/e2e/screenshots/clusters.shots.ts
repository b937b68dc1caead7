import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { packExtension } from "../../../client/scripts/vsix.mjs";
import type { ApplicationStatus } from "../../../client/src/cluster/argocd/application";
import { Sidebar } from "../../cluster/editor/sidebar";
import { createApplication, ensureNamespace } from "../../cluster/support/applications";
import { admin } from "../../cluster/support/cluster";
import { kubeconfigText } from "../../cluster/support/context";
import { useCluster } from "../../cluster/support/useCluster";
import { copyExample } from "../support/exampleCopy";
import { openVsCode, project } from "../support/vsCode";
import { Workbench } from "../support/workbench";

/** The pictures that the README shows of the example beside a cluster. */
const images = path.join(project, "docs/images");
const temporary = mkdtempSync(path.join(tmpdir(), "gitops-author-shots-"));
const vsix = path.join(temporary, "gitops-author.vsix");
const kubeconfig = path.join(temporary, "kubeconfig");
const workspace = copyExample();
const cluster = useCluster();

const repoURL = "https://github.com/example/person-service-config.git";
const revision = "9f1c2d4e5b6a79808182838485868788898a8b8c";
const image = "quay.io/example/person-service";
const versions = { dev: "1.5.0", stage: "1.4.2", prod: "1.4.0" };

const status = (health: string, sync: string, more: ApplicationStatus = {}): ApplicationStatus => {
  return { health: { status: health }, sync: { status: sync, revision }, ...more };
};

async function create(name: string, told: ApplicationStatus): Promise<void> {
  const [app = "", stage = ""] = name.split("-");
  const destination = { server: "https://kubernetes.default.svc", namespace: name };
  const source = { repoURL, targetRevision: "main", path: app === "book" ? `config/overlays/${stage}` : app };
  const spec = { project: app, source, destination, syncPolicy: { automated: { prune: true, selfHeal: true } } };
  await createApplication(cluster(), "openshift-gitops", name, { spec, status: told });
}

beforeAll(async () => {
  await packExtension(vsix);
  const text = kubeconfigText(cluster(), admin).replace("current-context: test", "current-context: openshift");
  writeFileSync(kubeconfig, text.replace("contexts: [{ name: test", "contexts: [{ name: openshift"));
  for (const [stage, tag] of Object.entries(versions)) {
    const file = `config/overlays/${stage}/kustomization.yaml`;
    workspace.write(file, (workspace.read(file) ?? "").replace(/digest: sha256:\w+/, `newTag: "${tag}"`));
  }
  for (const words of [
    ["init", "-q", "-b", "main"],
    ["remote", "add", "origin", repoURL],
  ]) {
    execFileSync("git", words, { cwd: workspace.folder });
  }
  await ensureNamespace(cluster(), "openshift-gitops");
  await create("book-dev", status("Healthy", "Synced", { summary: { images: [`${image}:${versions.dev}`] } }));
  const deployment = {
    group: "apps",
    version: "v1",
    kind: "Deployment",
    namespace: "book-stage",
    name: "person-service",
  };
  const why = "Waiting for rollout to finish: 1 of 2 updated replicas are available";
  await create(
    "book-stage",
    status("Progressing", "OutOfSync", {
      summary: { images: [`${image}:1.4.1`] },
      resources: [
        { ...deployment, status: "OutOfSync", health: { status: "Progressing", message: why } },
        {
          version: "v1",
          kind: "Service",
          namespace: "book-stage",
          name: "person-service",
          status: "Synced",
          health: { status: "Healthy" },
        },
      ],
      operationState: {
        phase: "Running",
        message: "waiting for healthy state of apps/Deployment/person-service",
        startedAt: "2026-11-20T08:00:00Z",
        operation: { initiatedBy: { username: "ada" } },
      },
    }),
  );
  await create("book-prod", status("Healthy", "Synced", { summary: { images: [`${image}:${versions.prod}`] } }));
  const conditions = [{ type: "ComparisonError", message: "payments: app path does not exist" }];
  await create("payments-dev", status("Healthy", "Unknown", { conditions }));
  await create("payments-prod", status("Degraded", "Synced"));
});
afterAll(() => {
  workspace.remove();
  rmSync(temporary, { recursive: true, force: true });
});

test("the Applications view beside a file with lenses, and the stage matrix", async () => {
  const code = await openVsCode({
    ...{ vsix, folder: workspace.folder, env: { KUBECONFIG: kubeconfig }, size: { width: 1280, height: 620 } },
    settings: {
      "workbench.colorTheme": "Light Modern",
      "editor.minimap.enabled": false,
      "window.commandCenter": false,
      "window.title": "GitOps Author",
    },
  });
  const { page } = code;
  const workbench = new Workbench(page);
  const sidebar = new Sidebar(workbench);
  const save = (name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<Buffer> =>
    page.screenshot({ path: path.join(images, `${name}.png`), animations: "disabled", ...(clip && { clip }) });
  try {
    await workbench.open("argocd/applications.yaml");
    await sidebar.unfold("Clusters");
    await sidebar.press(sidebar.row("Context openshift"), "Open Context");
    await page.locator(".codelens-decoration", { hasText: "book-dev: Healthy" }).waitFor();
    await sidebar.fold("Overlays");
    await sidebar.fold("Clusters");
    await sidebar.unfold("Applications");
    await sidebar.open(sidebar.row("Application book-stage"));
    await page.locator(".codelens-decoration", { hasText: "book-stage: Progressing" }).waitFor();
    await widenSidebar(page, 510);
    await page.mouse.move(900, 600);
    await save("applications");

    await widenSidebar(page, 300);
    await workbench.run("GitOps Author: Show Stage Matrix");
    const matrix = page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
    await matrix.locator("td", { hasText: "the cluster runs something else" }).waitFor();
    await page.mouse.move(900, 500);
    await save("stage-matrix", { x: 305, y: 30, width: 975, height: 285 });
  } catch (error) {
    await page.screenshot({ path: path.join(project, "node_modules/.cache/gitops-author/screenshots/failure.png") });
    throw error;
  } finally {
    await code.close();
  }
});

async function widenSidebar(page: Page, to: number): Promise<void> {
  const { x = 0, width = 0 } = (await page.locator(".part.sidebar").boundingBox()) ?? {};
  await page.mouse.move(x + width, 300);
  await page.mouse.down();
  await page.mouse.move(to, 300, { steps: 5 });
  await page.mouse.up();
}
