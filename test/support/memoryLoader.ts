import { posix } from "node:path";
import type { Found, Loader } from "../../server/src/kustomize/loader";

/** Files by absolute POSIX path; a `Uint8Array` for content that may not be UTF-8. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

/** A loader over files in memory. `emptyDirectories` are there although no file lies in them. No symbolic links. */
export function memoryLoader(files: Files, emptyDirectories: readonly string[] = []): Loader {
  const found = new Map<string, Found>([["/", { kind: "directory", realPath: "/" }]]);
  const addDirectories = (path: string) => {
    for (let at = path; !found.has(at); at = posix.dirname(at)) found.set(at, { kind: "directory", realPath: at });
  };
  for (const path of emptyDirectories) addDirectories(posix.resolve("/", path));
  for (const [path, content] of files) {
    addDirectories(posix.dirname(path));
    found.set(path, fileOf(path, content));
  }
  return { lookUp: (path) => found.get(posix.resolve("/", path)) ?? { kind: "missing" } };
}

/** A file as a loader gives it: text, or the bytes when they are no UTF-8. */
export function fileOf(path: string, content: string | Uint8Array): Found {
  if (typeof content === "string") return { kind: "file", realPath: path, source: { path, text: content } };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    return { kind: "file", realPath: path, source: { path, text } };
  } catch {
    return { kind: "file", realPath: path, source: { path, text: "" }, bytes: content };
  }
}
