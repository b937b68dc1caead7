import path from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getRealKustomize, runKustomize } from "../../support/kubectl";
import { again } from "../support/again";
import { type ImageWorkspace, openImageWorkspace } from "../support/imageWorkspace";
import { useVsCode } from "../support/session";

let workspace: ImageWorkspace;
beforeAll(async () => {
  workspace = await openImageWorkspace();
});
const vsCode = useVsCode(() => ({ folder: workspace.folder, settings: { "gitopsAuthor.registry.lookup": true } }));
afterAll(async () => {
  await workspace.registry.stop();
  workspace.remove();
});

const overlay = (stage: string): string => `overlays/${stage}/kustomization.yaml`;

/** What `kubectl kustomize` prints of a stage. */
async function render(stage: string): Promise<string> {
  const { ok, stdout, stderr } = await runKustomize(
    getRealKustomize(),
    path.join(workspace.folder, path.dirname(overlay(stage))),
  );
  if (!ok) throw new Error(stderr);
  return stdout;
}

function lens(text: string): Locator {
  return vsCode.workbench.page.locator(".codelens-decoration a", { hasText: text }).first();
}

/** The stage matrix, which is brought to the front. */
async function openMatrix(): Promise<FrameLocator> {
  const { page } = vsCode.workbench;
  await vsCode.workbench.run("GitOps Author: Show Stage Matrix");
  return page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
}

/** Opens a file afresh, in front of all others. */
async function open(file: string): Promise<void> {
  const { workbench } = vsCode;
  await workbench.run("View: Close All Editors");
  await workbench.open(file);
}

/** What is on disk after saving. To be polled: a change may come after the list that offered it is gone. */
async function saved(file: string): Promise<string | undefined> {
  await vsCode.workbench.save();
  return workspace.read(file);
}

/** Takes back the one change of a file, and expects the bytes from before, and nothing between; further presses have nothing to take back. */
async function undo(file: string, before: string): Promise<void> {
  const texts = new Set<string | undefined>([workspace.read(file), before]);
  const undone = async (): Promise<string | undefined> => {
    await vsCode.workbench.page.keyboard.press("Control+Z");
    const text = await saved(file);
    texts.add(text);
    return text;
  };
  await expect.poll(undone).toBe(before);
  expect([...texts].slice(2)).toEqual([]);
}

/** Expects what is on disk after saving; takes the change back, and expects the bytes from before. */
async function saveAndUndo(file: string, before: string, after: string | RegExp): Promise<void> {
  await vsCode.workbench.focus(file);
  await expect.poll(() => saved(file)).toEqual(typeof after === "string" ? after : expect.stringMatching(after));
  await undo(file, before);
}

test("a new build shows above the entry, the bump changes one value, and undo restores the bytes", async () => {
  const { workbench } = vsCode;
  const { page, popUps } = workbench;
  const { first } = workspace;
  const before = workspace.read(overlay("dev")) ?? "";
  const rendered = await render("dev");

  await workbench.openSidebar();
  await workbench.openRow("overlays/dev", overlay("dev"));
  await lens("up to date · Bump…").waitFor();

  const second = await workspace.push(2);
  const matrix = await openMatrix();
  const behind = matrix.locator("td", { hasText: "digest behind tag latest" }).first();
  await workbench.press(matrix.getByRole("button", { name: "Ask Registries" }), behind);
  const headers = await matrix.getByRole("columnheader").allTextContents();
  expect(headers).toEqual(["Image", "dev", "stage", "prod", "Registry"]);

  // One stop of the Tab key for the whole table; arrows lead through it.
  await popUps.persist(async (timeout) => {
    await matrix.locator("[data-row='0'][data-column='0']").focus({ timeout });
    await page.keyboard.press("End");
    await matrix.locator(":focus[aria-label*='Registry of person-service']").waitFor({ timeout });
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    await matrix.locator(":focus[aria-label*='Stage dev, overlays/dev']").waitFor({ timeout });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await popUps.row("Open Where It Is Written").waitFor({ timeout });
  });
  await popUps.pick("Open Where It Is Written");
  await workbench.focused(overlay("dev")).waitFor();

  await workbench.press(lens("digest behind tag latest · Update"), popUps.box);
  await popUps.row(`→ ${second.slice(0, 19)}…`).waitFor();
  await popUps.pick(`Change ${overlay("dev")}`);
  await lens("up to date · Bump…").waitFor();
  await workbench.focus(overlay("dev"));
  await expect.poll(() => saved(overlay("dev"))).toBe(before.replace(first, second));
  expect(await render("dev")).toBe(rendered.replace(first, second));

  await undo(overlay("dev"), before);
  await lens("digest behind tag latest · Update").waitFor();
});

test("a tag is pinned to its digest after a look at the difference, and what was looked at may be left", async () => {
  const { workbench } = vsCode;
  const { page, popUps } = workbench;
  const file = overlay("stage");
  const before = workspace.read(file) ?? "";
  const tab = page.locator(".tab", { hasText: "Pin Tag to Digest" });
  await open(file);
  await workbench.run("GitOps Author: Pin Tag to Digest…");
  await popUps.pick("Look at the difference first");
  await page.locator(".diffEditor, .monaco-diff-editor").first().waitFor();
  await popUps.pick("Leave it as it is");
  await tab.waitFor({ state: "hidden" });
  expect(workspace.read(file)).toBe(before);

  await workbench.focus(file);
  await workbench.run("GitOps Author: Pin Tag to Digest…");
  await popUps.pick("Look at the difference first");
  // The question stays while the person looks around in the difference.
  await page.locator(".monaco-diff-editor .modified .view-line", { hasText: "digest" }).first().click();
  await popUps.pick(`Change ${file}`);
  await tab.waitFor({ state: "hidden" });
  await lens("digest behind tag latest").waitFor();
  await saveAndUndo(file, before, before.replace("newTag: build-1", `digest: ${workspace.first}`));
});

test("the button of the difference does it too, when the question is gone", async () => {
  const { workbench } = vsCode;
  const { page, popUps } = workbench;
  const file = overlay("stage");
  const before = workspace.read(file) ?? "";
  await open(file);
  await workbench.run("GitOps Author: Pin Tag to Digest…");
  await popUps.pick("Look at the difference first");
  await popUps.row("Leave it as it is").waitFor();
  await popUps.input.press("Escape");
  await popUps.box.waitFor({ state: "hidden" });
  const button = page.locator('.editor-actions a[aria-label^="Change"], .title-actions a[aria-label^="Change"]');
  await workbench.press(button.first(), lens("digest behind tag latest"));
  await saveAndUndo(file, before, before.replace("newTag: build-1", `digest: ${workspace.first}`));
});

test("a digest is turned into a tag from a list that tells what tags hold", async () => {
  const file = overlay("prod");
  const before = workspace.read(file) ?? "";
  const { workbench } = vsCode;
  const { popUps } = workbench;
  await open(file);
  await workbench.run("GitOps Author: Unpin Image…");
  await popUps.row("build-1").waitFor();
  await popUps.input.fill("build-1");
  await popUps.title(/build-1 · now · .* ago · sha256:/).waitFor();
  await popUps.accept();
  await popUps.pick(`Change ${file}`);
  await saveAndUndo(file, before, before.replace(`digest: "${workspace.first}"`, 'newTag: "build-1"'));
});

test("all images of an overlay are bumped at once", async () => {
  const { workbench } = vsCode;
  const { popUps } = workbench;
  const second = await workspace.push(2);
  const file = overlay("prod");
  const before = workspace.read(file) ?? "";
  await open(file);
  await workbench.run("GitOps Author: Bump All Images in This Overlay…");
  await popUps.row("person-service").waitFor();
  await popUps.accept();
  await popUps.pick(`Change ${file}`);
  await lens("up to date · Bump…").waitFor();
  await saveAndUndo(file, before, before.replace(workspace.first, second));
});

test("above the image of a base stands who decides, and the way there", async () => {
  const { popUps } = vsCode.workbench;
  await open("base/deployment.yaml");
  const decided = lens("set by overlays/dev, overlays/prod and overlays/stage · Bump there…");
  await vsCode.workbench.press(decided, popUps.box);
  await popUps.pick("overlays/stage");
  await popUps.row("build-2").waitFor();
  await popUps.input.press("Escape");
  await popUps.box.waitFor({ state: "hidden" });
});

test("a step of a Task is bumped where it stands", async () => {
  const { popUps } = vsCode.workbench;
  const file = "tekton/build.yaml";
  const before = workspace.read(file) ?? "";
  await open(file);
  await vsCode.workbench.press(lens("12 versions behind 1.12 · Update…"), popUps.box);
  await popUps.pick("1.12");
  await popUps.pick(`Change ${file}`);
  await saveAndUndo(file, before, before.replace("tool:1.0", "tool:1.12"));
});

test("the image on the line of the cursor is pinned, in a file that is no overlay", async () => {
  const { workbench } = vsCode;
  const file = "tekton/build.yaml";
  const before = workspace.read(file) ?? "";
  await open(file);
  await workbench.placeCursorAfter(workbench.editor(file), "image:");
  await workbench.run("GitOps Author: Pin Tag to Digest…");
  await workbench.popUps.pick(`Change ${file}`);
  await saveAndUndo(file, before, /team\/tool@sha256:[0-9a-f]{64}\n/);
});

test("a stage takes over what the one before runs, by the keyboard alone", async () => {
  const { page, popUps } = vsCode.workbench;
  const file = overlay("stage");
  const before = workspace.read(file) ?? "";
  await vsCode.workbench.run("View: Close All Editors");
  const matrix = await openMatrix();
  // The table follows the files.
  workspace.write(file, before.replace("build-1", "build-7"));
  await matrix.locator("[data-row='0'][data-column='1']", { hasText: "build-7" }).waitFor();
  workspace.write(file, before);
  await matrix.locator("[data-row='0'][data-column='1']", { hasText: "build-1" }).waitFor();
  const cell = matrix.locator(":focus[aria-label*='person-service in stage']");
  await popUps.persist(async (timeout) => {
    await matrix.getByRole("button", { name: "Refresh" }).focus({ timeout });
    for (const key of ["Tab", "Home", "ArrowRight"]) await page.keyboard.press(key);
    await cell.waitFor({ timeout });
    await page.keyboard.press("Enter");
    await popUps.row("Promote dev to stage").waitFor({ timeout });
  });
  // Whoever closes the menu of a cell goes on from that cell.
  await again(5, async () => {
    await page.keyboard.press("Escape");
    await cell.waitFor({ timeout: 8000 });
  });
  await popUps.persist(async (timeout) => {
    await page.keyboard.press("Shift+F10");
    await popUps.row("Promote dev to stage").waitFor({ timeout });
  });
  // A change of the table behind it must not close the menu.
  workspace.write("overlays/test/kustomization.yaml", "resources:\n- ../../base\n");
  await matrix.getByRole("columnheader", { name: "Stage test" }).waitFor();
  await page.keyboard.type("promote dev");
  await popUps.accept();
  await popUps.row(`Change ${file}`).waitFor();
  await popUps.accept();
  await vsCode.workbench.tab(file).waitFor();
  await saveAndUndo(file, before, before.replace("newTag: build-1", `digest: ${workspace.first}`));
});
