import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Debian's package of the distribution registry, and what makes certificates for it. */
const needed: readonly string[] = ["docker-registry", "openssl"];

/** Runs once before the suites that need a real registry. On Debian we install it when we may; else we say how. */
export default function installDockerRegistry(): void {
  const missing = needed.filter((program) => !isInstalled(program));
  if (missing.length === 0) return;
  const byHand = `sudo apt-get install --yes ${missing.join(" ")}`;
  const isRoot = process.getuid?.() === 0;
  const mayInstall = existsSync("/usr/bin/apt-get") && (isRoot || run(["sudo", "-n", "true"]));
  if (!mayInstall) throw new Error(`Not installed: ${missing.join(", ")}. On Debian: ${byHand}`);
  const aptGet = [...(isRoot ? [] : ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  run([...aptGet, "update", "--quiet"]);
  run([...aptGet, "install", "--yes", "--quiet", "--no-install-recommends", ...missing]);
  if (!missing.every(isInstalled))
    throw new Error(`${missing.join(", ")} could not be installed. On Debian: ${byHand}`);
}

function isInstalled(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => folder !== "" && existsSync(join(folder, program)));
}

function run([program = "", ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore", timeout: 300_000 }).status === 0;
}
