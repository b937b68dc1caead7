import { isKustomizationName } from "../kubernetes/kustomizationFileNames";
import type { DirectoryEntry, SyncFileSystem } from "../platform/fileSystem";
import { joinPath } from "../platform/path";

/**
 * Every directory at or below `top` that holds a kustomization file, sorted by path. Enters hidden directories except `.git`,
 * follows no link to a directory, skips what cannot be read.
 */
export function findRoots(fileSystem: SyncFileSystem, top: string): readonly string[] {
  const roots: string[] = [];
  const waiting = [top];
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const entries = readDirectory(fileSystem, directory);
    if (entries.some(({ name, kind }) => isKustomizationName(name) && kind !== "directory")) roots.push(directory);
    for (const { name, kind } of entries) {
      if (kind === "directory" && name !== ".git") waiting.push(joinPath(directory, name));
    }
  }
  return roots.sort();
}

function readDirectory(fileSystem: SyncFileSystem, directory: string): readonly DirectoryEntry[] {
  try {
    return fileSystem.readDirectory(directory);
  } catch {
    return [];
  }
}
