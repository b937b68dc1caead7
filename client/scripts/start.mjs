/**
 * `npm start [-- PATH]`: opens the example (or another folder) in VS Code with this extension loaded. It does all of its
 * own set-up, so a fresh clone needs nothing but Node and git.
 */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { reportTo, run } from "./run.mjs";
import { cacheFolder, installVsCode } from "./vscode/install.mjs";
import { installVsix, serveVsCode } from "./vscode/serve.mjs";
import { packExtension } from "./vsix.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));
const example = path.join(project, "examples/person-service");
const report = reportTo(process.stdout);

/** A calm first sight: no assistant, no welcome page, no surveys; everything else is VS Code's own default. */
const settings = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  // The example lies inside this project's own repository, which is not what the person came to see.
  "git.openRepositoryInParentFolders": "never",
};

async function start() {
  const folder = path.resolve(process.argv[2] ?? example);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder.`);
  await installPackages();
  await report("Building the extension", () => run("npm", ["run", "build"], { cwd: project, quiet: true }));
  const desktop = findOnPath(process.platform === "win32" ? "code.cmd" : "code");
  if (desktop !== undefined) openDesktop(desktop, folder);
  else await openBrowser(folder);
}

/** `npm ci` unless what is installed is what the lock file names; npm keeps its own copy of the lock beside the packages. */
async function installPackages() {
  const locked = lockedVersions(path.join(project, "package-lock.json"));
  const installed = lockedVersions(path.join(project, "node_modules/.package-lock.json"));
  const stale = [...locked].some(
    ([name, { version, optional }]) => !optional && installed.get(name)?.version !== version,
  );
  if (stale)
    await report("Installing packages", () => run("npm", ["ci", "--loglevel=error"], { cwd: project, quiet: true }));
}

/** The packages of a lock file by their place; packages for other platforms are optional and may be absent. */
function lockedVersions(file) {
  if (!existsSync(file)) return new Map();
  const { packages = {} } = JSON.parse(readFileSync(file, "utf8"));
  return new Map(Object.entries(packages).filter(([name]) => name !== ""));
}

function findOnPath(program) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/** The desktop program hands over to a window of its own and returns, so there is nothing left to stop. */
function openDesktop(program, folder) {
  console.log(`Opening ${folder} in desktop VS Code (${program}).`);
  const args = ["--new-window", `--extensionDevelopmentPath=${realpathSync(project)}`, folder];
  const child = spawn(program, args, { stdio: "inherit", shell: process.platform === "win32" });
  child.once("exit", (code) => {
    process.exitCode = code ?? 0;
  });
}

async function openBrowser(folder) {
  console.log("There is no desktop `code` on the PATH, so VS Code runs in the browser.");
  const installed = await installVsCode(report);
  // Of its own for each run, so that two can run side by side and none finds the leavings of another.
  const home = mkdtempSync(path.join(tmpdir(), "gitops-author-start-"));
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  const extensions = path.join(home, "extensions");
  // A page can load an extension from a folder only in VS Code's test mode, which hides messages and dialogs. So the
  // person gets the packed extension, as it would be installed from a marketplace.
  const vsix = path.join(home, "gitops-author.vsix");
  await report("Packing and installing the extension", async () => {
    await quietly(() => packExtension(vsix));
    await installVsix({ installed, vsix, folder: home, extensions });
  });
  const own = { ...settings, ...keptSettings() };
  const server = await report("Starting VS Code", () =>
    serveVsCode({ installed, folder: home, extensions, settings: own, trusted: folder === example }),
  );
  const first = path.join(folder, "config/overlays/dev/kustomization.yaml");
  const payload = [["openFile", `vscode-remote://${new URL(server.origin).host}${first}`]];
  const query = folder === example ? { folder, payload: JSON.stringify(payload) } : { folder };
  console.log(`\nOpen  ${server.address(query)}\n\nPress Ctrl-C to stop.`);

  const stop = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve("stopped"));
  });
  const reason = await Promise.race([stop, server.ended.then(() => "ended")]);
  await server.stop();
  copyFileSync(path.join(home, "data/User/settings.json"), settingsFile());
  if (reason === "ended") throw new Error("VS Code ended by itself.");
  console.log("\nStopped.");
}

/** What the person changed in the settings of the browser's VS Code is there again the next time. */
function settingsFile() {
  return path.join(cacheFolder(), "settings.json");
}

/** The settings at the end of the last run; none when there was no run, or when they are no plain JSON. */
function keptSettings() {
  try {
    return JSON.parse(readFileSync(settingsFile(), "utf8"));
  } catch {
    return {};
  }
}

/** The packer writes a report of its own to the console; here it would drown the one line that matters. */
async function quietly(work) {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}

try {
  await start();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
