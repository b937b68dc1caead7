import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DockerRegistry, startDockerRegistry } from "../../support/dockerRegistry";
import installDockerRegistry from "../../support/installDockerRegistry";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { pushImage } from "../../support/pushImage";
import { emptyFolder } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const workspace = emptyFolder("config");
const file = "overlays/dev/kustomization.yaml";
let registry: DockerRegistry;
let image = "";
let first = "";

/** A build of the pipeline: the image under its number, and under `latest`. */
async function push(build: number): Promise<string> {
  let digest = "";
  for (const tag of [`build-${build}`, "latest"]) {
    const labels = {
      "org.opencontainers.image.source": "https://example.com/team/person-service",
      "org.opencontainers.image.revision": `3f9e2a1b7c5d${build}`,
    };
    const platform = { labels, created: "2026-11-20T08:00:00Z", layer: `build ${build}` };
    const platforms = [
      { os: "linux", architecture: "amd64", ...platform },
      { os: "linux", architecture: "arm64", ...platform },
    ] as const;
    digest = (await pushImage(image, { tag, format: "oci", platforms })).digest;
  }
  return digest;
}

/** What `kubectl kustomize` prints. */
async function render(folder: string): Promise<string> {
  const { ok, stdout, stderr } = await runKustomize(getRealKustomize(), folder);
  if (!ok) throw new Error(stderr);
  return stdout;
}

beforeAll(async () => {
  installDockerRegistry();
  registry = await startDockerRegistry();
  image = `${registry.host}/team/person-service`;
  first = await push(1);
  workspace.write(
    "base/deployment.yaml",
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: person-service\nspec:\n  selector:\n    matchLabels: {app: person-service}\n  template:\n    metadata:\n      labels: {app: person-service}\n    spec:\n      containers:\n      - name: person-service\n        image: person-service\n`,
  );
  workspace.write("base/kustomization.yaml", "resources:\n- deployment.yaml\n");
  for (const stage of ["dev", "stage", "prod"]) {
    workspace.write(
      `overlays/${stage}/kustomization.yaml`,
      `# The overlay of ${stage}\nresources:\n  - ../../base   # all that stages share\n\n# The pipeline writes the digest of each build here.\nimages:\n  - name: person-service\n    newName: ${image}\n    digest: "${first}"  # the last build\n\nnamespace: book-${stage}\n`,
    );
  }
});
const vsCode = useVsCode(() => ({ folder: workspace.folder, settings: { "gitopsAuthor.registry.lookup": true } }));
afterAll(async () => {
  await registry.stop();
  workspace.remove();
});

test("a new build shows above the entry, the bump changes one value, and undo restores the bytes", async () => {
  const { workbench } = vsCode;
  const { page } = workbench;
  const onDisk = path.join(workspace.folder, file);
  const before = readFileSync(onDisk, "utf8");
  const rendered = await render(path.dirname(onDisk));

  await workbench.openSidebar();
  await workbench.row("overlays/dev").dblclick();
  await page.locator(".codelens-decoration", { hasText: "up to date · Bump…" }).waitFor();

  const second = await push(2);
  await workbench.run("GitOps Author: Show Stage Matrix");
  const table = page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
  await table.getByRole("button", { name: "Ask Registries" }).click();
  await table.locator("td", { hasText: "digest behind tag latest" }).first().waitFor();
  expect(await table.getByRole("columnheader").allTextContents()).toEqual(["dev", "stage", "prod", "Registry"]);

  // One stop of the Tab key for the whole table; arrows lead through it.
  await table.locator("[data-row='0'][data-column='0']").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: "Open Where It Is Written" }).click();

  await page.locator(".codelens-decoration a", { hasText: "digest behind tag latest · Update" }).click();
  const review = page.locator(".quick-input-widget:visible .monaco-list-row");
  await review.filter({ hasText: `→ ${second.slice(0, 19)}…` }).waitFor();
  await review.filter({ hasText: `Change ${file}` }).click();
  await page.locator(".codelens-decoration", { hasText: "up to date · Bump…" }).waitFor();
  await page.keyboard.press("Control+S");
  await expect.poll(() => readFileSync(onDisk, "utf8")).toBe(before.replace(first, second));
  expect(await render(path.dirname(onDisk))).toBe(rendered.replace(first, second));

  await page.keyboard.press("Control+Z");
  await page.locator(".codelens-decoration", { hasText: "digest behind tag latest · Update" }).waitFor();
  await page.keyboard.press("Control+S");
  await expect.poll(() => readFileSync(onDisk, "utf8")).toBe(before);
});
