import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { emptyFolder } from "../../e2e/support/exampleCopy";
import { useVsCode } from "../../e2e/support/session";
import { textsOfVsCode } from "../../e2e/support/vsCodeFiles";
import { createApplication } from "../support/applications";
import type { Identity } from "../support/cluster";
import { kubeconfigText } from "../support/context";
import { packedExtension } from "../support/packedExtension";
import { startProxy, type Wire } from "../support/proxy";
import { useCluster } from "../support/useCluster";
import { Sidebar } from "./sidebar";

const patience = { timeout: 90_000, interval: 100 };
const ada: Identity = { name: "ada", token: "Zx81-token-of-ada-Qw7", groups: ["system:masters"] };
const secret = "Zx82-said-to-people-Qw7";
const folder = mkdtempSync(join(tmpdir(), "gitops-author-sign-in-"));
const home = join(folder, "home");
const kubeconfig = join(folder, "kubeconfig");
const workspace = emptyFolder();
const cluster = useCluster([ada]);
let wire: Wire | undefined;

/** Signs in as the file `mode` says, and notes each of its runs. It lies where only the login shell looks. */
const program = `#!/bin/sh
cd ${folder}
echo run >> runs
echo "${secret}" >&2
case "$(cat mode)" in
fail) exit 7 ;;
hang) sleep 600 & echo $! > child; wait ;;
esac
echo '{"status": {"token": "${ada.token}"}}'
`;

beforeAll(async () => {
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(join(home, "bin/corp-login"), program, { mode: 0o755 });
  writeFileSync(join(home, ".bash_profile"), `export PATH="$PATH:${home}/bin"\n`);
  await createApplication(cluster(), "argocd", "book-dev");
  wire = await startProxy(cluster().url);
  const exec = "exec: { apiVersion: client.authentication.k8s.io/v1, command: corp-login, interactiveMode: Never }";
  writeFileSync(kubeconfig, kubeconfigText(cluster(), ada, wire.url).replace(/token: [^ ]+/, exec));
  mode("work");
  workspace.write(".vscode/settings.json", JSON.stringify({ "gitopsAuthor.cluster.openAtStart": ["*"] }));
});
afterAll(async () => {
  await wire?.close();
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

const environment = { KUBECONFIG: kubeconfig, HOME: home, SHELL: "/bin/bash" };

describe("a folder that is not trusted, in a real VS Code whose settings open all contexts at the start", () => {
  const settings = { "security.workspace.trust.startupPrompt": "never", "gitopsAuthor.cluster.openAtStart": ["*"] };
  const vsCode = useVsCode(async () => ({
    vsix: await packedExtension(),
    folder: workspace.folder,
    env: environment,
    trusted: false,
    settings,
  }));

  test("runs no program that signs in, and contacts nobody", async () => {
    const sidebar = new Sidebar(vsCode.workbench);
    await sidebar.unfold("Clusters");
    await sidebar.unfold("Applications");
    const welcome = vsCode.workbench.page.locator(".sidebar .welcome-view-content");
    await welcome.filter({ hasText: "only in a workspace that you trust" }).first().waitFor();
    expect(runs()).toBe(0);
    expect(wire?.total).toBe(0);
  });

  test("opens them as soon as the folder is trusted", async () => {
    const sidebar = new Sidebar(vsCode.workbench);
    const { page, popUps } = vsCode.workbench;
    const trust = page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ });
    // VS Code loads its editor for trust some time after the window stands.
    await popUps.persist(async (timeout) => {
      await page.locator(".sidebar .monaco-button", { hasText: "Manage Workspace Trust" }).first().click({ timeout });
      await trust.waitFor({ timeout });
    });
    await vsCode.workbench.press(trust, sidebar.row("Context test"));
    await sidebar.row("Context test, open").waitFor();
    await sidebar.row("Application book-dev").waitFor();
    expect(runs()).toBe(1);
    rmSync(join(folder, "runs"));
  });
});

describe("a person whose kubeconfig names a program that signs in, in a real VS Code over a real API server", () => {
  const vsCode = useVsCode(async () => ({ vsix: await packedExtension(), folder: workspace.folder, env: environment }));
  const sidebar = (): Sidebar => new Sidebar(vsCode.workbench);
  const context = (state: string) => sidebar().row(`Context test, ${state}`);

  test("opens a context, which no setting of the repository does: the program is found on the PATH of the login shell, and runs once for everything", async () => {
    await sidebar().unfold("Clusters");
    await sidebar().row("Context test").waitFor();
    expect(runs()).toBe(0);
    await sidebar().press(context("not open"), "Open Context");
    await context("open").waitFor();
    await sidebar().unfold("Applications");
    await sidebar().row("Application book-dev").waitFor();
    expect(runs()).toBe(1);
  });

  test("syncs with one write, and leaves no connection behind when the context is closed", async () => {
    await sidebar().press(sidebar().row("Application book-dev"), "Sync Application");
    await vsCode.workbench.popUps.acceptChecked();
    await sidebar().row("Application book-dev").and(vsCode.workbench.page.locator('[aria-label*="syncing"]')).waitFor();
    const path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/book-dev";
    expect(cluster().writes("ada")).toEqual([{ verb: "patch", path, status: 200 }]);
    expect(runs()).toBe(1);
    await sidebar().press(context("open"), "Close Context");
    await context("not open").waitFor();
    await vi.waitFor(() => expect(wire?.open).toBe(0), patience);
  });

  test("is told that the program failed", async () => {
    mode("fail");
    await sidebar().press(context("not open"), "Open Context");
    await context("not signed in").waitFor();
    await sidebar().row("Problem: 'corp-login', which signs in to 'test', ended with 7.").waitFor();
    await sidebar().picture("sign-in-failed-light");
  });

  test("closes a context whose program hangs, which ends the program", async () => {
    mode("hang");
    await sidebar().press(context("not signed in"), "Retry");
    await context("signing in").waitFor();
    await vi.waitFor(() => expect(isRunning()).toBe(true), patience);
    await sidebar().press(context("signing in"), "Close Context");
    await context("not open").waitFor();
    await vi.waitFor(() => expect(isRunning()).toBe(false), patience);
  });

  test("finds neither a token nor what the program said in any file that VS Code wrote, nor in the arguments of a program", () => {
    const written = textsOfVsCode(vsCode.folder);
    const logs = written.filter((text) => text.includes(`Opening the context test (${wire?.url})`));
    expect(logs.length).toBeGreaterThan(0);
    expect(logs.some((text) => text.includes("ended with 7"))).toBe(true);
    expect(written.filter((text) => text.includes(ada.token) || text.includes(secret))).toEqual([]);
    const programs = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    expect(programs.filter((pid) => read(`/proc/${pid}/cmdline`).includes(ada.token))).toEqual([]);
  });
});

function mode(how: "work" | "fail" | "hang"): void {
  writeFileSync(join(folder, "mode"), how);
}

function runs(): number {
  const file = join(folder, "runs");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

/** Whether what the hanging program started is still there. */
function isRunning(): boolean {
  const child = read(join(folder, "child")).trim();
  return child !== "" && /^State:\s+[^Z]/m.test(read(`/proc/${child}/status`));
}

/** Nothing where there is no such file any more. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
