import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { SyncFileSystem } from "../fileSystem";
import { fromNativePath, toNativePath } from "./nativePath";
import { toFileSystemError } from "./nodeErrors";

/** The disk, blocking: for the command line, where one build is all there is to do. */
export const nodeSyncFileSystem: SyncFileSystem = {
  stat: (path) => {
    try {
      const stats = statSync(toNativePath(path), { throwIfNoEntry: false });
      if (stats === undefined) return undefined;
      return { kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other", size: stats.size };
    } catch (thrown) {
      // Below a file there is nothing, too.
      const error = toFileSystemError(thrown, path);
      if (error.problem === "missing") return undefined;
      throw error;
    }
  },
  readFile: (path) => attempt(path, () => readFileSync(toNativePath(path))),
  readDirectory: (path) =>
    attempt(path, () =>
      readdirSync(toNativePath(path), { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: entry.isFile() ? "file" : entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "link" : "other",
      })),
    ),
  realPath: (path) => attempt(path, () => fromNativePath(realpathSync.native(toNativePath(path)))),
};

function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw toFileSystemError(thrown, path);
  }
}
