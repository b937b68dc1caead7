import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { installVsCode } from "../../../client/scripts/vscode/install.mjs";
import { installVsix, serveVsCode } from "../../../client/scripts/vscode/serve.mjs";
import { again } from "./again";

/** The extension's own folder: the root of the project. */
export const project = fileURLToPath(new URL("../../..", import.meta.url));

export interface VsCodeOptions {
  /** Folders of further extensions, which are there as if they had been installed. */
  readonly installed?: readonly string[];
  /** What VS Code opens: the absolute path of a folder or of a `.code-workspace` file, or nothing for an empty window. */
  readonly folder?: string | undefined;
  /** A VSIX file to install. Without one the project itself is loaded, as a developer does. */
  readonly vsix?: string;
  /** Changes to the settings below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False leaves Workspace Trust on, as for a person: the folder is not trusted. */
  readonly trusted?: boolean;
  /** Further parts of the page's payload, for example the path of tests to run. */
  readonly payload?: readonly (readonly [string, string])[];
  /** For the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Functions that the page can call, by name. */
  readonly expose?: Readonly<Record<string, (...args: readonly unknown[]) => void>>;
  readonly size?: { readonly width: number; readonly height: number };
}

type InstalledVsCode = Awaited<ReturnType<typeof installVsCode>>;

export interface VsCode {
  readonly page: Page;
  /** Where it keeps its settings, logs and extensions. */
  readonly folder: string;
  /** What the page and the extension host wrote to the browser's console: for the report of a failure. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

/**
 * Nothing that asks, greets or looks things up on the network: only what the tests are about. What an older VS Code wrote must not be in here: VS
 * Code puts the new words into the file some time after its start.
 */
const calmSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "git.enabled": false,
  "files.autoSave": "off",
  "editor.accessibilitySupport": "off",
};

const browserFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Chromium or Chrome as Debian and others install them; `CHROMIUM` names another. */
function findBrowser(): string {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const known = names.map((name) => `/usr/bin/${name}`);
  const found = [process.env["CHROMIUM"], ...known].find((file) => file !== undefined && existsSync(file));
  if (found === undefined)
    throw new Error("No Chromium or Chrome is installed. On Debian: sudo apt-get install chromium");
  return found;
}

/** Starts a VS Code of its own for one test (or one group of tests) and opens it in a browser. Close it at the end. */
export function openVsCode(options: VsCodeOptions = {}): Promise<VsCode> {
  // On a busy machine a browser now and then takes too long.
  return again(2, () => startVsCode(options));
}

async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const installed = await installVsCode(async (_step, work) => work());
  const folder = mkdtempSync(path.join(tmpdir(), "gitops-author-vscode-"));
  const extensions = path.join(folder, "extensions");
  if (options.vsix !== undefined) {
    cpSync(await unpackedOnce(options.vsix, installed), extensions, { recursive: true });
  }
  for (const each of options.installed ?? []) {
    cpSync(each, path.join(extensions, path.basename(each)), { recursive: true });
  }
  const server = await serveVsCode({
    installed,
    folder,
    extensions,
    settings: { ...calmSettings, ...options.settings },
    trusted: options.trusted ?? true,
    underTest: options.vsix === undefined,
    // The person who runs the tests may have clusters; no test must see them.
    env: { KUBECONFIG: path.join(folder, "kubeconfig"), ...options.env },
  });
  const remote = (file: string): string => `vscode-remote://${new URL(server.origin).host}${file}`;
  const payload = [
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
    ...(options.vsix === undefined ? [["extensionDevelopmentPath", remote(project)]] : []),
    ...(options.payload ?? []).map(([key, value]) => [key, value.startsWith("/") ? remote(value) : value]),
  ];
  const kind = options.folder?.endsWith(".code-workspace") ? "workspace" : "folder";
  const place = options.folder === undefined ? { ew: "true" } : { [kind]: options.folder };
  const address = server.address({ ...place, payload: JSON.stringify(payload) });
  const end = async (): Promise<void> => {
    await server.stop();
    // What was killed may write until it is gone.
    rmSync(folder, { recursive: true, force: true, maxRetries: 15, retryDelay: 100 });
  };
  try {
    return await openPage({ folder, address }, options, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/** The folder of extensions that VS Code made of a VSIX file, beside that file: made once, for its installer starts all of VS Code. */
async function unpackedOnce(vsix: string, installed: InstalledVsCode): Promise<string> {
  const extensions = `${vsix}.extensions`;
  if (existsSync(extensions)) return extensions;
  const folder = mkdtempSync(`${vsix}.installing-`);
  const unfinished = path.join(folder, "extensions");
  await installVsix({ installed, vsix, folder, extensions: unfinished });
  renameSync(unfinished, extensions);
  rmSync(folder, { recursive: true, force: true });
  return extensions;
}

async function openPage(
  { folder, address }: { readonly folder: string; readonly address: string },
  options: VsCodeOptions,
  closeServer: () => Promise<void>,
): Promise<VsCode> {
  // A busy machine takes longer than the 30 s that Playwright grants.
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags, timeout: 90_000 });
  try {
    const page = await browser.newPage({ viewport: options.size ?? { width: 1400, height: 900 } });
    page.setDefaultTimeout(90_000);
    const lines: string[] = [];
    page.on("console", (message) => lines.push(message.text()));
    for (const [name, called] of Object.entries(options.expose ?? {})) await page.exposeFunction(name, called);
    await page.goto(address);
    await page.locator(".monaco-workbench").waitFor();
    const close = async (): Promise<void> => {
      await browser.close();
      await closeServer();
    };
    return { page, folder, console: lines, close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
