import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where tests keep what they unpack; a new version of an archive gets a new folder. */
const cacheRoot = resolve(import.meta.dirname, "../../node_modules/.cache/gitops-author");

/**
 * The folder with the content of an archive, which is unpacked on the first call. `unpack` fills the folder it is given;
 * a half-filled one is never seen, since the folder gets its name at the end. Test files that run at the same time may all
 * be the first: the folder of whoever is done first counts, and is never taken away from under a program that runs from it.
 */
export function unpackedOnce(name: string, archive: string, unpack: (folder: string) => void): string {
  const { size, mtimeMs } = statSync(archive);
  const folder = join(cacheRoot, `${name}-${size}-${Math.round(mtimeMs)}`);
  const isComplete = (): boolean => existsSync(join(folder, ".complete"));
  if (isComplete()) return folder;
  const building = `${folder}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  unpack(building);
  writeFileSync(join(building, ".complete"), "");
  try {
    // A folder that holds something is not replaced.
    renameSync(building, folder);
  } catch (error) {
    rmSync(building, { recursive: true });
    if (!isComplete()) throw error;
  }
  return folder;
}

/** Unpacks a `.tar.gz` with the system's `tar`. */
export function untar(archive: string, folder: string): void {
  execFileSync("tar", ["xzf", archive, "-C", folder], { stdio: ["ignore", "ignore", "inherit"] });
}
