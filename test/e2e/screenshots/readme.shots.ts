import { mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { copyExample, emptyFolder, type WorkspaceFolder } from "../support/exampleCopy";
import { openVsCode, project, type VsCodeOptions } from "../support/vsCode";
import { Workbench } from "../support/workbench";

/** The pictures that the README shows. */
const images = path.join(project, "docs/images");
/** Pictures for review only: states that a README does not show. */
const review = path.join(project, "node_modules/.cache/gitops-author/screenshots");

const themes = [
  ["dark", "Dark Modern"],
  ["light", "Light Modern"],
] as const;

const source = "config/overlays/dev/kustomization.yaml";
const preview = "dev.rendered.yaml";

for (const [name, theme] of themes) {
  test(`a preview with the origin of a line, ${name}`, () =>
    take({ theme, folder: copyExample() }, async (workbench, save) => {
      await openPreview(workbench);
      await workbench.hover(workbench.line(workbench.editor(preview), "APP_GREETING"), "Hello", "Go to Source");
      await workbench.page.locator(".monaco-hover:visible a", { hasText: "Go to Source" }).waitFor();
      await (name === "dark" ? save(images, "preview") : save(review, "preview-light"));
    }));

  test(`mistakes in the source, ${name}`, () =>
    take({ theme, folder: copyExample() }, async (workbench, save) => {
      await openPreview(workbench);
      await workbench.placeCursorAfter(workbench.editor(source), "- ../../base");
      await workbench.page.keyboard.type("s");
      await workbench.placeCursorAfter(workbench.editor(source), "behavior: merge");
      await workbench.page.keyboard.type("\noption: {}");
      const problems = await workbench.problems();
      await problems.filter({ hasText: "unknown-field" }).waitFor();
      await workbench.row("config/overlays/dev, 2 errors").waitFor();
      await workbench.page.locator('.tree-explorer-viewlet-tree-view [class*="itemColor"]').first().waitFor();
      await workbench.page.locator(".codelens-decoration", { hasText: "Shows the last good build" }).waitFor();
      // What the pointer rests on explains itself.
      await workbench.page.mouse.move(900, 760);
      await (name === "light" ? save(images, "problems") : save(review, "problems-dark"));
    }));

  test(`a workspace without kustomizations, ${name}`, () =>
    take({ theme, folder: emptyFolder() }, async (workbench, save) => {
      await workbench.openSidebar();
      await workbench.page.locator(".welcome-view-content", { hasText: "holds no kustomization" }).waitFor();
      await save(review, `empty-${name}`);
    }));
}

test("many kustomizations with long names", () => {
  const folder = emptyFolder();
  for (let team = 0; team < 30; team++) {
    const root = `platform/teams/team-with-a-rather-long-name-${team}/applications/person-service`;
    folder.write(`${root}/base/kustomization.yaml`, "resources:\n- service.yaml\n");
    folder.write(`${root}/base/service.yaml`, "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n");
    const broken = team % 3 === 0 ? "- ../../gone\n" : "";
    folder.write(`${root}/overlays/production/kustomization.yaml`, `resources:\n- ../../base\n${broken}`);
  }
  return take({ theme: "Dark Modern", folder }, async (workbench, save) => {
    await workbench.openSidebar();
    await workbench.row("1 error").dblclick();
    await workbench.tab("kustomization.yaml").waitFor();
    await save(review, "long-dark");
  });
});

test("a folder that is not trusted", () =>
  take({ theme: "Light Modern", folder: copyExample(), trusted: false }, async (workbench, save) => {
    await openPreview(workbench);
    await save(review, "untrusted-light");
  }));

interface Scene extends Pick<VsCodeOptions, "trusted"> {
  readonly theme: string;
  readonly folder: WorkspaceFolder;
}

type Save = (folder: string, name: string) => Promise<void>;

async function take(scene: Scene, play: (workbench: Workbench, save: Save) => Promise<void>): Promise<void> {
  const code = await openVsCode({
    folder: scene.folder.folder,
    trusted: scene.trusted ?? true,
    size: { width: 1440, height: 860 },
    settings: {
      "workbench.colorTheme": scene.theme,
      "editor.minimap.enabled": false,
      "security.workspace.trust.startupPrompt": "never",
      "window.commandCenter": false,
      "window.title": "GitOps Author",
    },
  });
  const save: Save = async (folder, name) => {
    mkdirSync(folder, { recursive: true });
    await code.page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
  };
  try {
    await play(new Workbench(code.page), save);
  } catch (error) {
    await save(review, "failure");
    throw error;
  } finally {
    await code.close();
    scene.folder.remove();
  }
}

async function openPreview(workbench: Workbench): Promise<void> {
  await workbench.openSidebar();
  await workbench.row("config/overlays/dev").dblclick();
  await workbench.tab(source).waitFor();
  await workbench.run("GitOps Author: Preview Rendered Overlay");
  await workbench.line(workbench.editor(preview), "namespace: book-dev").waitFor();
}
