import type { Found, Loader } from "../kustomize/loader";
import type { SyncFileSystem } from "../platform/fileSystem";
import { readFoundSync } from "./readFound";

/**
 * A loader that reads from disk when asked and remembers: for one run of a command line. Nothing is ever pending. Two paths to
 * one file give one object, with the real path.
 */
export function createDiskLoader(fileSystem: SyncFileSystem): Loader {
  const known = new Map<string, Found>();
  const lookUp = (path: string): Found => {
    let found = known.get(path);
    if (found === undefined) {
      const read = readFoundSync(fileSystem, path);
      found = read.kind === "file" && read.realPath !== path ? lookUp(read.realPath) : read;
      known.set(path, found);
    }
    return found;
  };
  return { lookUp };
}
