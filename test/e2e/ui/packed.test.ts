import { afterAll, expect, inject, test } from "vitest";
import { copyExample } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const copy = copyExample();
const vsCode = useVsCode(() => ({ folder: copy.folder, vsix: inject("vsix") }));
afterAll(() => copy.remove());

test("the packed extension, installed, renders an overlay and underlines a mistake", async () => {
  const { workbench } = vsCode;
  await workbench.open("overlays/stage/kustomization.yaml");
  await workbench.run("GitOps Author: Preview Rendered Overlay");
  await workbench.line(workbench.editor("stage.rendered.yaml"), "namespace: book-stage").waitFor();
  await workbench.placeCursorAfter(workbench.editor("kustomization.yaml"), "- ../../base");
  await workbench.page.keyboard.type("s");
  await workbench.editor("kustomization.yaml").locator(".squiggly-error").first().waitFor();
});

test("it writes to an output channel of its name", async () => {
  const { workbench } = vsCode;
  await workbench.run("GitOps Author: Show Output");
  const output = workbench.page.locator(".output-view .view-lines");
  await output.filter({ hasText: "Starting" }).waitFor();
  expect(
    await workbench.page.locator(".panel .monaco-select-box, .panel .action-label").allTextContents(),
  ).toBeDefined();
});
