import { afterAll, expect, test } from "vitest";
import { copyExample } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const copy = copyExample();
const vsCode = useVsCode(() => ({
  folder: copy.folder,
  trusted: false,
  // The question itself is VS Code's; without an answer the folder is not trusted.
  settings: { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "always" },
}));
afterAll(() => copy.remove());

test("in an untrusted folder, mistakes are underlined and previews work", async () => {
  const { workbench } = vsCode;
  await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  await workbench.open("overlays/dev/kustomization.yaml");
  await workbench.run("GitOps Author: Preview Rendered Overlay");
  await workbench.line(workbench.editor("dev.rendered.yaml"), "namespace: book-dev").waitFor();
  await workbench.placeCursorAfter(workbench.editor("kustomization.yaml"), "- ../../base");
  await workbench.page.keyboard.type("s");
  await workbench.editor("kustomization.yaml").locator(".squiggly-error").first().waitFor();
  expect(await workbench.text(workbench.editor("dev.rendered.yaml"))).toContain("namespace: book-dev");
});
