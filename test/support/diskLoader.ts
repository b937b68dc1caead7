import { readFileSync, realpathSync, statSync } from "node:fs";
import type { Found, Loader } from "../../server/src/kustomize/loader";
import { fileOf } from "./memoryLoader";

/** A loader over the disk that reads each file once. */
export function diskLoader(): Loader {
  const known = new Map<string, Found>();
  return {
    lookUp(path) {
      let found = known.get(path);
      if (found === undefined) {
        const real = read(path);
        // Two paths to one file give one object, as the engine may compare sources by identity.
        found = real.kind === "file" ? (known.get(real.realPath) ?? real) : real;
        if (found.kind === "file") known.set(found.realPath, found);
        known.set(path, found);
      }
      return found;
    },
  };
}

function read(path: string): Found {
  try {
    const realPath = realpathSync.native(path);
    if (statSync(realPath).isDirectory()) return { kind: "directory", realPath };
    return fileOf(realPath, readFileSync(realPath));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
    return { kind: "unreadable", reason: String(error) };
  }
}
