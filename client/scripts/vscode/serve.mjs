/** Starting and stopping the VS Code that `install.mjs` put into the cache. It listens on the loopback interface only. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../run.mjs";

/**
 * @typedef {object} Serving
 * @property {{ node: string, server: string }} installed what `installVsCode` returned
 * @property {string} folder where VS Code keeps its data; a folder of its own for each run of a test
 * @property {string} extensions where the installed extensions are
 * @property {Record<string, unknown>} settings the user's settings; written before the start
 * @property {boolean} [trusted] false asks the person whether the folder's authors are trusted, as desktop VS Code does
 * @property {boolean} [underTest] lets a page load an extension from a folder and drive its tests; hides pop-up messages
 * @property {Record<string, string>} [env] for the extension host
 */

/**
 * Starts VS Code and waits until it accepts connections.
 * @param {Serving} serving
 * @returns {Promise<{ origin: string, address: (query: Record<string, string>) => string, stop: () => Promise<void>, ended: Promise<void> }>}
 * @throws when it ends before it accepts connections, with what it said
 */
export async function serveVsCode(serving) {
  const data = path.join(serving.folder, "data");
  mkdirSync(path.join(data, "User"), { recursive: true });
  writeFileSync(path.join(data, "User", "settings.json"), `${JSON.stringify(serving.settings, null, 2)}\n`);

  // Whoever reaches the port gets a terminal as this user, so even on loopback every request has to show the token.
  const token = randomBytes(16).toString("hex");
  const args = [serving.installed.server, "--host", "127.0.0.1", "--port", "0", "--connection-token", token];
  args.push("--accept-server-license-terms", "--telemetry-level", "off", "--user-data-dir", data);
  args.push("--server-data-dir", serving.folder, "--extensions-dir", serving.extensions);
  if (serving.trusted !== false) args.push("--disable-workspace-trust");
  if (serving.underTest) args.push("--enable-smoke-test-driver");

  // A process group of its own: the extension host and the language server are its members and end with it.
  const child = spawn(serving.installed.node, args, {
    detached: process.platform !== "win32",
    env: { ...process.env, ...serving.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const signal = (name) => {
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, name);
    } catch {
      // Already gone.
    }
  };
  const kill = () => signal("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const origin = await listening(child);

  return {
    origin,
    ended,
    address: (query) => `${origin}/?${new URLSearchParams({ ...query, tkn: token })}`,
    stop: async () => {
      signal("SIGTERM");
      const hurry = setTimeout(kill, 3000);
      await ended;
      clearTimeout(hurry);
      kill();
      process.off("exit", kill);
    },
  };
}

/** Waits for the two lines that VS Code prints when it is ready, and returns the address it listens on. */
function listening(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk) => {
      said += chunk;
      const port = /Web UI available at http:\/\/[^:/]+:(\d+)/.exec(said)?.[1];
      if (port && said.includes("Extension host agent started")) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`VS Code ended with ${code} before it was ready.\n${said.slice(-2000)}`)),
    );
  });
}

/**
 * Installs a VSIX file into a folder of extensions.
 * @throws when VS Code rejects the file
 */
export async function installVsix({ installed, vsix, folder, extensions }) {
  const args = [installed.server, "--install-extension", vsix, "--force", "--accept-server-license-terms"];
  await run(installed.node, [...args, "--server-data-dir", folder, "--extensions-dir", extensions], { quiet: true });
}
