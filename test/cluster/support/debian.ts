import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Environment } from "./binaries";
import { isOlder } from "./versions";

const execute = promisify(execFile);

/** A program in a package of Debian. */
export interface DebianProgram {
  /** For example `etcd-server`. */
  readonly package: string;
  /** Where it lies in there, for example `usr/bin/etcd`. */
  readonly program: string;
  /** The first version that will do. */
  readonly oldest: string;
  /** Where to put it. */
  readonly file: string;
}

/**
 * Takes a program out of a package, into a file of ours. Nothing is installed, since that may need root, and starts a service where a machine
 * has services. Gives false where there is no such package, or only an older one, or it cannot be fetched.
 */
export async function takeFromDebian(wanted: DebianProgram, environment: Environment): Promise<boolean> {
  const run = async (program: string, args: readonly string[], cwd = "/"): Promise<string | undefined> => {
    try {
      const options = { cwd, timeout: 300_000, env: { ...environment, DEBIAN_FRONTEND: "noninteractive" } };
      return (await execute(program, args, options)).stdout;
    } catch {
      return undefined;
    }
  };
  const find = async (): Promise<string | undefined> =>
    /^Version: (?:\d+:)?(\S+)/m.exec(
      (await run("apt-cache", ["show", "--no-all-versions", wanted.package])) ?? "",
    )?.[1];
  let version = await find();
  // Images for containers come without the lists of packages; who is root may fetch them.
  if (
    version === undefined &&
    process.getuid?.() === 0 &&
    (await run("apt-get", ["update", "--quiet"])) !== undefined
  ) {
    version = await find();
  }
  if (version === undefined || isOlder(version, wanted.oldest)) return false;
  console.error(`Fetching Debian's package ${wanted.package} ${version}; its program is kept as ${wanted.file}.`);
  mkdirSync(dirname(wanted.file), { recursive: true });
  const folder = mkdtempSync(`${wanted.file}.`);
  // Whoever is root fetches as the user `_apt`.
  chmodSync(folder, 0o777);
  try {
    await run("apt-get", ["download", "--quiet", wanted.package], folder);
    const [archive] = readdirSync(folder).filter((name) => name.endsWith(".deb"));
    if (archive === undefined || (await run("dpkg-deb", ["--extract", archive, "."], folder)) === undefined)
      return false;
    renameSync(join(folder, wanted.program), wanted.file);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
