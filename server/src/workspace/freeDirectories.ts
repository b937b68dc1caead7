import { parentPath } from "../platform/path";
import type { Snapshot } from "./snapshot";

/** Finds where builds may read freely; see `freeDirectoryOf` of a snapshot. */
export interface FreeDirectories {
  /** `disk` is the same object as long as no file that is not open changed: then only open ones are looked at again. */
  of(snapshot: Snapshot, disk: object): (root: string) => string | undefined;
}

/** Makes a finder without memories. */
export function createFreeDirectories(): FreeDirectories {
  let closed:
    | { readonly disk: object; readonly folders: readonly string[]; readonly lifting: readonly string[] }
    | undefined;
  return {
    of(snapshot, disk) {
      if (closed?.disk !== disk || closed.folders !== snapshot.folders) {
        closed = { disk, folders: snapshot.folders, lifting: findLifting(snapshot, snapshot.yamlFiles()) };
      }
      const lifting = [
        ...closed.lifting.filter((path) => !snapshot.isOpen(path)),
        ...findLifting(snapshot, snapshot.openFiles()),
      ];
      if (lifting.length === 0) return () => undefined;
      const known = new Map<string, string | undefined>();
      const free = new Set(lifting.map((path) => workTreeOf(snapshot, parentPath(path), known)));
      return (root) => {
        const workTree = workTreeOf(snapshot, root, known);
        if (workTree === undefined || !free.has(workTree)) return undefined;
        const found = snapshot.lookUp(workTree);
        return found.kind === "directory" ? found.realPath : undefined;
      };
    },
  };
}

function findLifting(snapshot: Snapshot, paths: Iterable<string>): readonly string[] {
  return [...paths].filter((path) => snapshot.facts(path).liftsRestrictions === true);
}

/** The nearest directory from `directory` up that holds `.git` (a file in a linked work tree), else the workspace folder. */
function workTreeOf(snapshot: Snapshot, directory: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(directory)) return known.get(directory);
  const find = (): string | undefined => {
    const names = snapshot.list(directory);
    if (names?.includes(".git") === true || names?.includes(".git/") === true) return directory;
    if (snapshot.folders.includes(directory)) return directory;
    return directory === "/" ? undefined : workTreeOf(snapshot, parentPath(directory), known);
  };
  const workTree = find();
  known.set(directory, workTree);
  return workTree;
}
