import type { Found, Loader } from "../kustomize/loader";
import { normalizePath, parentPath } from "../platform/path";
import { fromBytes, missing } from "./readFound";

/**
 * A loader over files in memory, by absolute path; a key that ends in `/` is an empty directory. There are no links, and
 * nothing is ever pending.
 */
export function createMemoryLoader(files: Iterable<readonly [string, string | Uint8Array]>): Loader {
  const found = new Map<string, Found>([["/", { kind: "directory", realPath: "/" }]]);
  const addDirectory = (directory: string): void => {
    for (let path = directory; !found.has(path); path = parentPath(path)) {
      found.set(path, { kind: "directory", realPath: path });
    }
  };
  for (const [key, content] of files) {
    const path = normalizePath(key.startsWith("/") ? key : `/${key}`);
    if (key.endsWith("/")) {
      addDirectory(path);
      continue;
    }
    addDirectory(parentPath(path));
    found.set(
      path,
      typeof content === "string"
        ? { kind: "file", realPath: path, source: { path, text: content } }
        : fromBytes(path, path, content),
    );
  }
  return { lookUp: (path) => found.get(path) ?? missing };
}
