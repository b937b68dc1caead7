import { afterAll, expect, test } from "vitest";
import { copyExample } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const copy = copyExample();
const vsCode = useVsCode(() => ({ folder: copy.folder }));
afterAll(() => copy.remove());

const source = "config/overlays/dev/kustomization.yaml";
const preview = "dev.rendered.yaml";

test("the Overlays view shows the graph of the example", async () => {
  const { workbench } = vsCode;
  const rows = await workbench.overlays();
  await expect
    .poll(() => workbench.labels(rows))
    .toEqual([
      "Overlays in config/overlays",
      "overlay, config/overlays/dev",
      "overlay, config/overlays/prod",
      "overlay, config/overlays/stage",
      "Bases",
      "base, config/base",
      "Standalone",
      "standalone kustomization, argocd",
      "standalone kustomization, tekton",
    ]);
  const prod = workbench.row("config/overlays/prod");
  await workbench.setExpanded(prod, prod.locator(".monaco-tl-twistie"), true);
  await rows.filter({ hasText: "disruption-budget.yaml" }).waitFor();
  await expect
    .poll(async () => (await workbench.labels(rows)).slice(2, 4))
    .toEqual(["overlay, config/overlays/prod", "base, config/base, resources"]);
});

test("a row of the view opens its kustomization, and the button in the editor's title its preview", async () => {
  const { workbench } = vsCode;
  await workbench.openSidebar();
  await workbench.openRow("config/overlays/dev", source);
  const button = workbench.page.locator('.editor-actions a[aria-label^="Preview Rendered Overlay"]');
  await workbench.press(button, workbench.line(workbench.editor(preview), "namespace: book-dev"));
  expect(await workbench.text(workbench.editor(preview))).toContain("namespace: book-dev");
});

test("the preview follows what is typed and not saved, and does not scroll", async () => {
  const { workbench } = vsCode;
  await workbench.scroll(preview, "Control+End", workbench.line(workbench.editor(preview), "kind: Route"));
  const first = (await workbench.text(workbench.editor(preview))).split("\n")[0];

  await workbench.placeCursorAfter(workbench.editor(source), "namespace: book-dev");
  await workbench.page.keyboard.type("elopment");
  await workbench.line(workbench.editor(preview), "namespace: book-development").waitFor();
  expect((await workbench.text(workbench.editor(preview))).split("\n")[0]).toBe(first);
  await workbench.page.locator(`.tab.dirty[data-resource-name="kustomization.yaml"]`).waitFor();
});

test("a rendered line tells where its value comes from, and a click lands in the base", async () => {
  const { workbench } = vsCode;
  await workbench.scroll(preview, "Control+Home", workbench.cursor({ line: 1, column: 1 }));
  const line = workbench.line(workbench.editor(preview), "targetPort: http");
  // A hover goes away when the editor below it changes.
  await workbench.popUps.persist(async (timeout) => {
    const hover = await workbench.hover(line, "targetPort", "Go to Source");
    await hover.locator("a", { hasText: "config/base/service.yaml" }).waitFor({ timeout });
    await hover.locator("a", { hasText: "Go to Source" }).click({ timeout });
    await workbench.line(workbench.editor("service.yaml"), "targetPort: http").waitFor({ timeout });
  });
  await line.waitFor();
  await workbench.page.locator(".statusbar-item", { hasText: /^Ln 14,/ }).waitFor();
  await workbench.focus(source);
});

test("a mistake is underlined and stands in the Problems list, and the preview says that it is not current", async () => {
  const { workbench } = vsCode;
  await workbench.placeCursorAfter(workbench.editor(source), "- ../../base");
  await workbench.page.keyboard.type("s");
  await workbench.editor(source).locator(".squiggly-error").first().waitFor();
  const problems = await workbench.problems();
  await problems.filter({ hasText: "kustomization/" }).first().waitFor();
  await problems.filter({ hasText: "../../bases" }).first().waitFor();

  // A screen reader hears the count that others see as a coloured number.
  await workbench.page
    .locator('.monaco-list-row[aria-label*="overlay, config/overlays/dev, 1 error"]')
    .first()
    .waitFor();

  await workbench.page.locator(".statusbar-item", { hasText: "Preview of dev: Shows the last good build" }).waitFor();
  await workbench.page.locator(".codelens-decoration", { hasText: "Shows the last good build" }).waitFor();
  expect(await workbench.text(workbench.editor(preview))).toContain("book-development");
});
