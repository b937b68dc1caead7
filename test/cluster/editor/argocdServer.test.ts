import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import type { PopUps } from "../../e2e/support/popUps";
import { useVsCode } from "../../e2e/support/session";
import { textsOfVsCode } from "../../e2e/support/vsCodeFiles";
import { type ContractServer, startContractServer } from "../../support/argocdContractServer";
import { makeCertificates } from "../../support/certificates";
import { packedExtension } from "../support/packedExtension";
import { Sidebar } from "./sidebar";

const patience = { timeout: 90_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), "gitops-author-argocd-"));
const workspace = emptyFolder();
const certificates = makeCertificates(["IP:127.0.0.1"]);
const tokens = ["Zx81-first-token-Qw7", "Zx82-second-token-Qw7"] as const;
let server: ContractServer | undefined;

beforeAll(async () => {
  const { key, certificate } = certificates;
  const tls = { key: readFileSync(key, "utf8"), cert: readFileSync(certificate, "utf8") };
  server = await startContractServer({ tls, token: tokens[0], rootPath: "/argo" });
  const status = { health: { status: "Healthy" }, sync: { status: "Synced" } };
  server.put({ metadata: { name: "book-test", namespace: "argocd" }, spec: { project: "book" }, status });
});
afterAll(async () => {
  await server?.close();
  certificates.remove();
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("a person at the contract server over HTTPS, in a real VS Code", () => {
  const settings = { "workbench.colorTheme": "Light Modern", "files.simpleDialog.enable": true };
  const vsCode = useVsCode(async () => ({ vsix: await packedExtension(), folder: workspace.folder, settings }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const popUps = (): PopUps => vsCode.workbench.popUps;
  const row = (): Locator => sidebar().row("Application book-test, Healthy, Synced");

  /** Answers the questions of a sign-in, the first of which is there. */
  async function signIn(token: string): Promise<void> {
    await popUps().answer("Sign In to an Argo CD Server", argo().url);
    await popUps().pick("With a token");
    await popUps().box.locator('input[type="password"]').fill(token);
    await popUps().accept();
  }

  test("names the authority that vouches for it, and sees its Applications", async () => {
    await sidebar().unfold("Applications");
    await sidebar().fold("Overlays");
    const welcome = vsCode.workbench.page.locator(".sidebar .welcome-view-content .monaco-button");
    await vsCode.workbench.press(welcome.filter({ hasText: "Sign In to an Argo CD Server" }), popUps().box);
    await signIn(tokens[0]);
    const notTrusted = "is not trusted: unable to verify the first certificate.";
    await sidebar().told(notTrusted);
    await sidebar().picture("argocd-not-trusted");
    await sidebar().answer(notTrusted, "Choose a CA File…");
    await popUps().nameFile("The CA of the Argo CD server", certificates.authority);
    await row().waitFor();
    await sidebar().unfold("Clusters");
    await sidebar()
      .row(`Argo CD server ${argo().url.replace("https://", "")}`)
      .waitFor();
    await sidebar().picture("argocd-server");
  });

  test("is told that the token ran out, and signs in anew without naming the authority again", async () => {
    argo().accept(tokens[0], false);
    argo().accept(tokens[1], true);
    argo().cut();
    await sidebar().told("does not accept the token (any more)");
    await sidebar().picture("argocd-token-ran-out");
    await sidebar().answer("does not accept the token (any more)", "Sign In");
    await signIn(tokens[1]);
    await vi.waitFor(() => expect(argo().streams).toBe(1), patience);
    await row().waitFor();
    expect(await sidebar().furtherTold("is not trusted")).toEqual([]);
  });

  test("signs out, and no file of VS Code holds a token", async () => {
    const host = argo().url.replace("https://", "");
    // The sign-in before ends with the focus in the view, which takes it from a list that is open by then.
    await popUps().persist(async (timeout) => {
      await vsCode.workbench.run("GitOps Author: Sign Out of an Argo CD Server…");
      await popUps().row(host).waitFor({ timeout });
      await popUps().pick(host);
    });
    await sidebar().told("You are signed out of");
    await row().waitFor({ state: "detached" });
    await vi.waitFor(() => expect(argo().streams).toBe(0), patience);
    const written = textsOfVsCode(vsCode.folder);
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((text) => tokens.some((token) => text.includes(token)))).toEqual([]);
  });
});

function argo(): ContractServer {
  if (server === undefined) throw new Error("The contract server is not there yet.");
  return server;
}
