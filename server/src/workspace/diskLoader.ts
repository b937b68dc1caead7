import type { Found, Loader } from "../kustomize/loader";
import type { SyncFileSystem } from "../platform/fileSystem";
import { readFoundSync } from "./readFound";

/** A loader that reads from disk when asked and remembers: for one run of a command line. Nothing is ever pending. */
export function createDiskLoader(fileSystem: SyncFileSystem): Loader {
  const known = new Map<string, Found>();
  return {
    lookUp(path) {
      let found = known.get(path);
      if (found === undefined) {
        found = readFoundSync(fileSystem, path);
        known.set(path, found);
      }
      return found;
    },
  };
}
