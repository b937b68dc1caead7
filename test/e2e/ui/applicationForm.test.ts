import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ContractServer, startContractServer } from "../../support/argocdContractServer";
import { copyExample } from "../support/exampleCopy";
import { useVsCode } from "../support/session";
import { textsOfVsCode, warningsIn } from "../support/vsCodeFiles";

const patience = { timeout: 60_000, interval: 100 };
const copy = copyExample();
copy.write(".git/HEAD", "ref: refs/heads/main\n");
copy.write(".git/config", '[remote "origin"]\n\turl = https://github.com/example/person-service-config.git\n');
let argo: ContractServer | undefined;
beforeAll(async () => {
  argo = await startContractServer();
  const web = { group: "apps", version: "v1", kind: "Deployment", namespace: "book-test", name: "web" };
  const resources = [{ ...web, status: "Synced" }];
  const status = { health: { status: "Healthy" }, sync: { status: "Synced" }, resources };
  const set = { ...web, kind: "ReplicaSet", name: "web-1", parentRefs: [web], health: { status: "Healthy" } };
  argo.putTree("book-test", [web, set]);
  argo.put({ metadata: { name: "book-test", namespace: "openshift-gitops" }, spec: { project: "book" }, status });
});
afterAll(async () => {
  copy.remove();
  await argo?.close();
});

const vsCode = useVsCode(() => ({ folder: copy.folder }));
const input = (): Locator => vsCode.workbench.page.locator(".quick-input-widget:visible .quick-input-box input");
const title = (): Locator => vsCode.workbench.page.locator(".quick-input-widget:visible .quick-input-title");

/** Runs a command that asks at once: the palette does not go away before its first question is there. */
async function start(command: string): Promise<void> {
  const { page } = vsCode.workbench;
  await page.keyboard.press("F1");
  await input().fill(`>GitOps Author: ${command}`);
  await page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: command }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** Answers the question at the top, once its number is there, by typing, or with what is offered first. */
async function answer(step: string, text = ""): Promise<void> {
  const { page } = vsCode.workbench;
  await title()
    .filter({ hasText: `(${step})` })
    .waitFor();
  if (text !== "") await input().fill(text);
  await page.keyboard.press("Enter");
}

describe("a person in a real VS Code", () => {
  test("writes a new Application from what the repository has, goes back once, and sees it before it is saved", async () => {
    const { workbench } = vsCode;
    await workbench.overlays();
    await workbench.row("config/overlays/prod").waitFor();
    await start("New Application…");
    await answer("1/9", "overlays/prod");
    await answer("2/8");
    await answer("3/8", "openshift");
    await title().filter({ hasText: "(4/8)" }).waitFor();
    await vi.waitFor(async () => expect(await input().inputValue()).toBe("book-prod"), patience);
    await workbench.page
      .locator('.quick-input-widget:visible .quick-input-titlebar [aria-label^="Back"]')
      .first()
      .click();
    await answer("3/8", "openshift");
    await answer("4/8", "book-production");
    await answer("5/8", "book");
    await answer("6/8");
    await answer("7/8");
    await answer("8/8", "prune");

    const file = "argocd/book-production.yaml";
    await workbench.tab(file).waitFor();
    await workbench.line(workbench.editor(file), "selfHeal: true").waitFor();
    const text = await workbench.text(workbench.editor(file));
    expect(text).toContain("project: book\n");
    expect(text).toContain("path: config/overlays/prod\n");
    expect(copy.read(file) ?? "").toBe("");
    await workbench.run("File: Save All Files");
    await vi.waitFor(() => expect(copy.read(file)).toContain("name: book-production"), patience);
    expect(copy.read("argocd/kustomization.yaml")).toContain("- book-production.yaml");
  });

  test("gives Argo CD the rights that the new Application needs, beside those that are there", async () => {
    const { workbench } = vsCode;
    const offer = (text: string): Locator =>
      workbench.page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: text }).first();
    await start("Grant Argo CD Access to a Namespace…");
    await offer("book-prod").click();
    await offer("openshift-gitops").click();
    await offer("Add a RoleBinding to 'role-bindings.yaml'").click();
    const file = "argocd/role-bindings.yaml";
    await workbench.tab(file).waitFor();
    await workbench.run("File: Save All Files");
    await vi.waitFor(() => expect(copy.read(file)).toContain("namespace: book-prod"), patience);
  });

  test("signs in to an Argo CD server, played by our contract server, sees its Applications and deletes one by its name", async () => {
    const { workbench } = vsCode;
    await start("Sign In to an Argo CD Server…");
    await vi.waitFor(async () => expect(await input().inputValue()).toBe("https://"), patience);
    await input().fill(argo?.url ?? "");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: "With a token" }).click();
    await title().filter({ hasText: "Sign In" }).waitFor();
    await workbench.page.locator('.quick-input-widget:visible input[type="password"]').fill("token-of-ada");
    await workbench.page.keyboard.press("Enter");
    const row = workbench.page.locator(
      '.sidebar .monaco-list-row[aria-label^="Application book-test, Healthy, Synced"]',
    );
    await row.waitFor();

    // Rows that are out of sight are not drawn: the view needs the room.
    await workbench.page.locator('.sidebar .pane-header[aria-label^="Overlays"] .title').click();
    await row.click();
    await workbench.page.locator('.sidebar .monaco-list-row[aria-label*="Deployment"]').first().click();
    await workbench.page.locator('.sidebar .monaco-list-row[aria-label*="web-1"]').first().waitFor();
    await start("Delete Application…");
    await workbench.page
      .locator(".quick-input-widget:visible .monaco-list-row", { hasText: "book-test" })
      .first()
      .click();
    await workbench.page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: "background" }).click();
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.filter({ hasText: "Deployment web in book-test" }).waitFor();
    expect(argo?.deeds).toEqual([]);
    await dialog.locator(".monaco-button", { hasText: "Continue" }).click();
    await input().fill("book-test");
    await workbench.page.keyboard.press("Enter");
    await row.waitFor({ state: "detached" });
    expect(argo?.deeds.map(({ deed, query }) => [deed, query["propagationPolicy"]])).toEqual([
      ["DELETE /api/v1/applications/book-test", "background"],
    ]);
  });

  test("signs out again: the token is erased, and was never written where others can read it", async () => {
    const { workbench } = vsCode;
    const host = argo?.url.replace("http://", "") ?? "";
    expect(await written()).toEqual([]);
    await start("Sign Out of an Argo CD Server…");
    await workbench.page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: host }).click();
    await vi.waitFor(() => expect(argo?.streams).toBe(0), patience);
    // Nothing is known any more, so that an address is asked for at once.
    await start("Sign In to an Argo CD Server…");
    await title().filter({ hasText: "Sign In" }).waitFor();
    expect(await input().inputValue()).toBe("https://");
    await workbench.page.keyboard.press("Escape");
    expect(await written()).toEqual([]);
    expect(warningsIn(textsOfVsCode(), "Starting the language server")).toEqual([]);
  });
});

/** Where the token can be read: in files that VS Code wrote, or in what the page keeps. */
async function written(): Promise<readonly string[]> {
  const kept = String(await vsCode.workbench.page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })"));
  return [...textsOfVsCode(), kept].filter((text) => text.includes("token-of-ada"));
}
