import { posix } from "node:path";
import { type DirectoryEntry, type FileSystem, FileSystemError } from "../../server/src/platform/fileSystem";
import type { Fixture } from "./fixture";

/** A disk that holds the files of a fixture. */
export function memoryFileSystem({ files, directories }: Pick<Fixture, "files" | "directories">): FileSystem {
  const folders = new Map<string, Map<string, DirectoryEntry>>([["/", new Map()]]);
  const addFolder = (path: string): Map<string, DirectoryEntry> => {
    let entries = folders.get(path);
    if (entries === undefined) {
      entries = new Map();
      folders.set(path, entries);
      addFolder(posix.dirname(path)).set(posix.basename(path), { name: posix.basename(path), kind: "directory" });
    }
    return entries;
  };
  for (const path of directories) addFolder(path);
  for (const path of files.keys()) {
    addFolder(posix.dirname(path)).set(posix.basename(path), { name: posix.basename(path), kind: "file" });
  }
  const missing = (path: string) => new FileSystemError("missing", `There is no ${path}.`);
  return {
    async stat(path) {
      if (folders.has(path)) return { kind: "directory", size: 0 };
      const text = files.get(path);
      return text === undefined ? undefined : { kind: "file", size: Buffer.byteLength(text) };
    },
    async readFile(path) {
      const text = files.get(path);
      if (text === undefined) throw missing(path);
      return new TextEncoder().encode(text);
    },
    async readDirectory(path) {
      const entries = folders.get(path);
      if (entries === undefined) throw missing(path);
      return [...entries.values()];
    },
    async realPath(path) {
      if (!folders.has(path) && !files.has(path)) throw missing(path);
      return path;
    },
  };
}
