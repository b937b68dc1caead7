import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

describe("a window without a folder", () => {
  const vsCode = useVsCode(() => ({}));

  test("is invited to open one", async () => {
    const { workbench } = vsCode;
    await workbench.openSidebar();
    const welcome = workbench.page.locator(".sidebar .welcome-view-content");
    await welcome.locator(".monaco-button", { hasText: "Open Folder" }).waitFor();
    expect(await welcome.textContent()).toContain("Kustomize bases and overlays");
  });
});

describe("a folder without a kustomization", () => {
  const folder = emptyFolder();
  folder.write("compose.yaml", "services: {}\n");
  const vsCode = useVsCode(() => ({ folder: folder.folder }));
  afterAll(() => folder.remove());

  test("says so, and shows the first one as soon as it is there", async () => {
    const { workbench } = vsCode;
    await workbench.openSidebar();
    const welcome = workbench.page.locator(".sidebar .welcome-view-content");
    await welcome.filter({ hasText: "holds no kustomization.yaml" }).waitFor();

    folder.write("base/kustomization.yaml", "resources: []\n");
    const rows = await workbench.overlays();
    await rows.filter({ hasText: "base" }).waitFor();
    await expect.poll(() => workbench.labels(rows)).toEqual(["standalone kustomization, base"]);
  });
});
