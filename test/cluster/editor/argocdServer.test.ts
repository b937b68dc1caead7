import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { packExtension } from "../../../client/scripts/vsix.mjs";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import { useVsCode } from "../../e2e/support/session";
import { textsOfVsCode } from "../../e2e/support/vsCodeFiles";
import { type ContractServer, startContractServer } from "../../support/argocdContractServer";
import { makeCertificates } from "../../support/certificates";
import { Sidebar } from "./sidebar";

const patience = { timeout: 60_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), "gitops-author-argocd-"));
const vsix = join(folder, "gitops-author.vsix");
const workspace = emptyFolder();
const certificates = makeCertificates(["IP:127.0.0.1"]);
const tokens = ["Zx81-first-token-Qw7", "Zx82-second-token-Qw7"] as const;
let server: ContractServer | undefined;

beforeAll(async () => {
  await packExtension(vsix);
  const { key, certificate } = certificates;
  const tls = { key: readFileSync(key, "utf8"), cert: readFileSync(certificate, "utf8") };
  server = await startContractServer({ tls, token: tokens[0], rootPath: "/argo" });
  const status = { health: { status: "Healthy" }, sync: { status: "Synced" } };
  server.put({ metadata: { name: "book-test", namespace: "argocd" }, spec: { project: "book" }, status });
}, 120_000);
afterAll(async () => {
  await server?.close();
  certificates.remove();
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("a person at the contract server over HTTPS, in a real VS Code", () => {
  const settings = { "workbench.colorTheme": "Default Light Modern", "files.simpleDialog.enable": true };
  const vsCode = useVsCode(() => ({ vsix, folder: workspace.folder, settings }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const input = (): Locator => sidebar().quickInput.locator(".quick-input-box input");
  const title = (text: string): Locator => sidebar().quickInput.locator(".quick-input-title", { hasText: text });
  const row = (): Locator => sidebar().row("Application book-test, Healthy, Synced");

  async function start(command: string): Promise<void> {
    await vsCode.workbench.page.keyboard.press("F1");
    await input().fill(`>GitOps Author: ${command}`);
    await sidebar().quickInput.locator(".monaco-list-row", { hasText: command }).first().waitFor();
    await vsCode.workbench.page.keyboard.press("Enter");
  }

  /** Answers the questions of a sign-in, the first of which is there. */
  async function signIn(token: string): Promise<void> {
    const { page } = vsCode.workbench;
    await title("Sign In to an Argo CD Server").waitFor();
    await input().fill(argo().url);
    await page.keyboard.press("Enter");
    await sidebar().pick("With a token");
    await sidebar().quickInput.locator('input[type="password"]').fill(token);
    await page.keyboard.press("Enter");
  }

  test("names the authority that vouches for it, and sees its Applications", async () => {
    await sidebar().unfold("Applications");
    await sidebar().fold("Overlays");
    const welcome = vsCode.workbench.page.locator(".sidebar .welcome-view-content .monaco-button");
    await welcome.filter({ hasText: "Sign In to an Argo CD Server" }).click();
    await signIn(tokens[0]);
    const toast = sidebar().toast("is not trusted: unable to verify the first certificate.");
    await toast.waitFor();
    await sidebar().picture("argocd-not-trusted");
    await toast.locator(".monaco-button", { hasText: "Choose a CA File…" }).click();
    await title("The CA of the Argo CD server").waitFor();
    await vi.waitFor(async () => expect(await input().inputValue()).toMatch(/^\/.+\/$/), patience);
    // A dialog that still reads its folder puts the name of that back.
    await vi.waitFor(async () => {
      await input().fill(certificates.authority);
      await sidebar()
        .quickInput.locator(".monaco-button", { hasText: /OK|Open/ })
        .first()
        .click({ timeout: 5000 });
      await title("The CA of the Argo CD server").waitFor({ state: "hidden", timeout: 5000 });
    }, patience);
    await row().waitFor();
    await sidebar().unfold("Clusters");
    await sidebar()
      .row(`Argo CD server ${argo().url.replace("https://", "")}`)
      .waitFor();
    await sidebar().picture("argocd-server");
  }, 120_000);

  test("is told that the token ran out, and signs in anew without naming the authority again", async () => {
    argo().accept(tokens[0], false);
    argo().accept(tokens[1], true);
    argo().cut();
    const toast = sidebar().toast("does not accept the token (any more)");
    await toast.waitFor();
    await sidebar().picture("argocd-token-ran-out");
    await toast.locator(".monaco-button", { hasText: "Sign In" }).click();
    await signIn(tokens[1]);
    await vi.waitFor(() => expect(argo().streams).toBe(1), patience);
    await row().waitFor();
    expect(await sidebar().toast("is not trusted").count()).toBe(0);
  }, 120_000);

  test("signs out, and no file of VS Code holds a token", async () => {
    const host = argo().url.replace("https://", "");
    // The sign-in before ends with the focus in the view, which takes it from a list that is open by then.
    await vi.waitFor(async () => {
      await vsCode.workbench.page.keyboard.press("Escape");
      await start("Sign Out of an Argo CD Server…");
      await sidebar().quickInput.locator(".monaco-list-row", { hasText: host }).click({ timeout: 5000 });
    }, patience);
    await sidebar().toast("You are signed out of").waitFor();
    await row().waitFor({ state: "detached" });
    expect(argo().streams).toBe(0);
    const written = textsOfVsCode();
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((text) => tokens.some((token) => text.includes(token)))).toEqual([]);
  }, 120_000);
});

function argo(): ContractServer {
  if (server === undefined) throw new Error("The contract server is not there yet.");
  return server;
}
