import { afterAll, test } from "vitest";
import { copyExample } from "../support/exampleCopy";
import { useVsCode } from "../support/session";

const copy = copyExample();
const vsCode = useVsCode(() => ({ folder: copy.folder }));
afterAll(() => copy.remove());

const manifest = "config/base/deployment.yaml";

test("a field of a manifest explains itself", async () => {
  const { workbench } = vsCode;
  await workbench.open(manifest);
  await workbench.hover(workbench.line(workbench.editor(manifest), "replicas: 1"), "replicas", /pods/i);
  await workbench.page.keyboard.press("Escape");
});

test("values of a field are offered, and a wrong one is underlined", async () => {
  const { workbench } = vsCode;
  const { keyboard } = workbench.page;
  await workbench.placeCursorAfter(workbench.editor(manifest), "image: quay.io/example/person-service:1.0.0");
  await keyboard.press("Enter");
  await keyboard.type("imagePullPolicy: ");
  const offers = workbench.page.locator(".suggest-widget.visible .monaco-list-row");
  await workbench.popUps.persist(async (timeout) => {
    await keyboard.press("Control+Space");
    await offers.filter({ hasText: "IfNotPresent" }).first().waitFor({ timeout });
  });
  await keyboard.press("Escape");
  await keyboard.type("always");
  await workbench.editor(manifest).locator(".squiggly-error").first().waitFor();
  const problems = await workbench.problems();
  await problems.filter({ hasText: "schema/unknown-value" }).first().waitFor();
});
