import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { emptyFolder } from "../support/exampleCopy";
import { type ImageWorkspace, openImageWorkspace } from "../support/imageWorkspace";
import { openVsCode, project } from "../support/vsCode";
import { Workbench } from "../support/workbench";

/** Pictures for review only. */
const review = path.join(project, "node_modules/.cache/gitops-author/screenshots");

const themes = [
  ["dark", "Dark Modern"],
  ["light", "Light Modern"],
  ["contrast", "Default High Contrast"],
] as const;

let workspace: ImageWorkspace;
beforeAll(async () => {
  mkdirSync(review, { recursive: true });
  workspace = await openImageWorkspace();
  await workspace.push(2);
});
afterAll(async () => {
  await workspace.registry.stop();
  workspace.remove();
});

for (const [name, theme] of themes) {
  test(`lenses, hover, lists, difference and matrix, ${name}`, async () => {
    const settings = { "workbench.colorTheme": theme, "gitopsAuthor.registry.lookup": true };
    const code = await openVsCode({ folder: workspace.folder, settings, size: { width: 1280, height: 800 } });
    const { page } = code;
    const workbench = new Workbench(page);
    const save = async (picture: string): Promise<void> => {
      await page.screenshot({ path: path.join(review, `images-${picture}-${name}.png`) });
    };
    const row = (text: string) =>
      page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: text }).first();
    const lens = (text: string) => page.locator(".codelens-decoration a", { hasText: text }).first();
    try {
      await workbench.openSidebar();
      await workbench.row("overlays/dev").dblclick();
      await lens("digest behind tag latest · Update").waitFor();
      const file = "overlays/dev/kustomization.yaml";
      await workbench.hover(workbench.line(workbench.editor(file), "digest:"), "sha256", "Pulls");
      await save("hover");
      await page.keyboard.press("Escape");
      await lens("digest behind tag latest · Update").click();
      await row("Look at the difference first").waitFor();
      await save("review");
      await row("Look at the difference first").click();
      await row("Leave it as it is").waitFor();
      await save("difference");
      await row("Leave it as it is").click();
      await workbench.open("tekton/build.yaml");
      await lens("12 versions behind 1.12 · Update…").click();
      await page.locator(".quick-input-titlebar", { hasText: "1.12 · " }).waitFor();
      await save("tags");
      await page.keyboard.press("Escape");
      await workbench.open("base/deployment.yaml");
      await lens("set by").waitFor();
      await save("base");
      await workbench.run("GitOps Author: Show Stage Matrix");
      const matrix = page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
      await matrix.getByRole("button", { name: "Ask Registries" }).click();
      await matrix.locator("td", { hasText: "digest behind tag latest" }).first().waitFor();
      await matrix.locator("[data-row='0'][data-column='1']").focus();
      await save("matrix");
      await page.keyboard.press("Enter");
      await row("Copy Image Reference").waitFor();
      await save("cell");
    } finally {
      await code.close();
    }
  });
}

test("sixty images in six stages, and a broken overlay of another application", async () => {
  const folder = emptyFolder("many");
  const names = Array.from({ length: 60 }, (_, i) =>
    i % 9 === 0
      ? `registry.example.com/a-team-with-a-long-name/a-service-with-a-rather-long-name-${i}`
      : `quay.io/team/app-${i}`,
  );
  const pod = (images: readonly string[]): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${images.map((image, i) => `  - {name: c${i}, image: "${image}:1.0"}\n`).join("")}`;
  for (const [app, images] of [
    ["shop", names],
    ["cart", names.slice(0, 2)],
  ] as const) {
    folder.write(`apps/${app}/base/pod.yaml`, pod(images));
    folder.write(`apps/${app}/base/kustomization.yaml`, "resources: [pod.yaml]\n");
  }
  for (const stage of ["dev", "test", "qa", "stage", "prod-eu", "prod-us"]) {
    const bumped = stage === "dev" ? `images: [{name: quay.io/team/app-1, newTag: "1.1"}]\n` : "";
    folder.write(`apps/shop/overlays/${stage}/kustomization.yaml`, `resources: [../../base]\n${bumped}`);
  }
  folder.write("apps/cart/overlays/dev/kustomization.yaml", "resources: [../../base]\n");
  folder.write("apps/cart/overlays/prod/kustomization.yaml", "resources: [../../base, gone.yaml]\n");
  const code = await openVsCode({ folder: folder.folder, size: { width: 1280, height: 800 } });
  try {
    const workbench = new Workbench(code.page);
    await workbench.openSidebar();
    await workbench.row("prod-eu").waitFor();
    await workbench.run("GitOps Author: Show Stage Matrix");
    const matrix = code.page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
    await matrix.locator("td").first().waitFor();
    await code.page.screenshot({ path: path.join(review, "images-matrix-many.png") });
    await matrix.locator("[data-group='1'][data-row='40'][data-column='3']").focus();
    await code.page.screenshot({ path: path.join(review, "images-matrix-scrolled.png") });
  } finally {
    await code.close();
    folder.remove();
  }
});
