import type { Dirent, Stats } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import type { DirectoryEntry, FileSystem, FileSystemError, Stat } from "../fileSystem";
import { fromNativePath, toNativePath } from "./nativePath";
import { toFileSystemError } from "./nodeErrors";

/** The disk, without blocking. */
export const nodeFileSystem: FileSystem = {
  stat: (path) =>
    stat(toNativePath(path)).then(toStat, (thrown: unknown) => {
      const error = toFileSystemError(thrown, path);
      if (error.problem === "missing") return undefined;
      throw error;
    }),
  readFile: (path) => readFile(toNativePath(path)).catch(rethrow(path)),
  readDirectory: (path) =>
    readdir(toNativePath(path), { withFileTypes: true }).then((entries) => entries.map(toEntry), rethrow(path)),
  realPath: (path) => realpath(toNativePath(path)).then(fromNativePath, rethrow(path)),
};

/** What `fs` knows about a path, in our terms. */
function toStat(stats: Stats): Stat {
  return { kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other", size: stats.size };
}

/** An entry of a directory, in our terms. */
function toEntry(entry: Dirent): DirectoryEntry {
  const kind = entry.isFile() ? "file" : entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "link" : "other";
  return { name: entry.name, kind };
}

function rethrow(path: string): (thrown: unknown) => never {
  return (thrown): never => {
    const error: FileSystemError = toFileSystemError(thrown, path);
    throw error;
  };
}
