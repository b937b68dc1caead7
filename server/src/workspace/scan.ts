import type { Found } from "../kustomize/loader";
import { type FileSystem, isFileSystemError } from "../platform/fileSystem";
import { baseName, joinPath } from "../platform/path";
import { isScriptName } from "./fileNames";
import type { Listing } from "./fileTable";
import { foundFromError, fromBytes, largestFile, readFound } from "./readFound";

/** Directories that are listed but never entered by a scan. */
const ignoredDirectories: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** How much text a scan reads ahead, in UTF-16 units; what lies beyond is read when something asks for it. */
const readAheadLimit = 300_000_000;

/** The largest script that is looked at, in bytes. */
const largestScript = 256 * 1024;

/** How many reads are on their way at once. */
const width = 24;

/** What a scan learnt: to be put into a `FileTable`. */
export interface Scanned {
  readonly found: ReadonlyMap<string, Found>;
  readonly listings: ReadonlyMap<string, Listing>;
}

/** Whether a path lies in a directory that scans do not enter. */
export function isIgnored(path: string): boolean {
  return path.split("/").some((segment) => ignoredDirectories.has(segment));
}

/**
 * Lists a directory and everything below it, and reads the files for which `wanted` says so. Follows no link to a directory, so
 * it ends even where links form loops; a directory that vanishes or may not be read is skipped with its reason. Never rejects.
 * `keeps` hears of each file as it is read, and says whether it is to be remembered.
 */
export async function scan(
  fileSystem: FileSystem,
  directory: string,
  wanted: (name: string) => boolean,
  keeps: (file: Extract<Found, { kind: "file" }>) => boolean = () => true,
): Promise<Scanned> {
  let size = 0;
  const found = new Map<string, Found>();
  const listings = new Map<string, Listing>();
  const root = await readFound(fileSystem, directory);
  found.set(directory, root);
  if (root.kind !== "directory") return { found, listings };
  const tasks: (() => Promise<void>)[] = [];
  const visitDirectory = async (path: string, realPath: string): Promise<void> => {
    try {
      const entries = await fileSystem.readDirectory(path);
      found.set(path, { kind: "directory", realPath });
      listings.set(path, new Map(entries.map(({ name, kind }) => [name, kind])));
      for (const { name, kind } of entries) {
        const child = joinPath(path, name);
        const realChild = joinPath(realPath, name);
        if (kind === "directory" && !ignoredDirectories.has(name)) tasks.push(() => visitDirectory(child, realChild));
        if (kind === "file" && wanted(name) && size < readAheadLimit) tasks.push(() => visitFile(child, realChild));
      }
    } catch (error) {
      if (isMissing(error)) found.set(path, { kind: "missing" });
      else found.set(path, foundFromError(error));
    }
  };
  const visitFile = async (path: string, realPath: string): Promise<void> => {
    const file = await readKnownFile(fileSystem, path, realPath);
    if (file === undefined || (file.kind === "file" && !keeps(file))) return;
    found.set(path, file);
    if (file.kind === "file") size += file.source.text.length;
  };
  tasks.push(() => visitDirectory(directory, root.realPath));
  await drain(tasks);
  return { found, listings };
}

/** The names in one directory; `undefined` when it cannot be listed. */
export async function listDirectory(fileSystem: FileSystem, directory: string): Promise<Listing | undefined> {
  try {
    const entries = await fileSystem.readDirectory(directory);
    return new Map(entries.map(({ name, kind }) => [name, kind]));
  } catch {
    return undefined;
  }
}

/** Reads many paths, a few at a time. */
export async function readAll(fileSystem: FileSystem, paths: Iterable<string>): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  await drain(
    [...new Set(paths)].map((path) => async () => {
      found.set(path, await readFound(fileSystem, path));
    }),
  );
  return found;
}

/** Reads a file whose real path is known; `undefined` for a script that is larger than scripts are. */
async function readKnownFile(fileSystem: FileSystem, path: string, realPath: string): Promise<Found | undefined> {
  try {
    const stat = await fileSystem.stat(path);
    if (isScriptName(baseName(path)) && (stat?.size ?? 0) > largestScript) return undefined;
    if (stat?.kind !== "file" || stat.size > largestFile) return await readFound(fileSystem, path);
    return fromBytes(path, realPath, await fileSystem.readFile(path));
  } catch (error) {
    return foundFromError(error);
  }
}

/** Runs tasks, `width` at once; a task may add more. */
async function drain(tasks: (() => Promise<void>)[]): Promise<void> {
  let running = 0;
  await new Promise<void>((resolve) => {
    const next = (): void => {
      if (tasks.length === 0 && running === 0) resolve();
      while (running < width) {
        const task = tasks.pop();
        if (task === undefined) return;
        running++;
        task().finally(() => {
          running--;
          next();
        });
      }
    };
    next();
  });
}

function isMissing(error: unknown): boolean {
  return isFileSystemError(error) && error.problem === "missing";
}
