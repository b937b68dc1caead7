import { joinPath, parentPath } from "../platform/path";
import type { FileTable } from "./fileTable";
import type { Snapshot } from "./snapshot";

/** Finds where builds may read freely; see `freeDirectoryOf` of a snapshot. */
export interface FreeDirectories {
  /** `disk` is the same object as long as no file that is not open changed: then only open ones are looked at again. */
  of(snapshot: Snapshot, disk: Pick<FileTable, "scripts">): (root: string) => string | undefined;
}

/** What is built without load restrictions in a git work tree: all of it, or kustomizations in some directories. */
type FreeRoots = "all" | ReadonlySet<string>;

/** Makes a finder without memories. */
export function createFreeDirectories(): FreeDirectories {
  let closed:
    | { readonly disk: object; readonly folders: readonly string[]; readonly lifting: readonly string[] }
    | undefined;
  return {
    of(snapshot, disk) {
      if (closed?.disk !== disk || closed.folders !== snapshot.folders) {
        const paths = [...snapshot.yamlFiles(), ...disk.scripts()];
        closed = { disk, folders: snapshot.folders, lifting: findLifting(snapshot, paths) };
      }
      const lifting = [
        ...closed.lifting.filter((path) => !snapshot.isOpen(path)),
        ...findLifting(snapshot, snapshot.openFiles()),
      ];
      if (lifting.length === 0) return () => undefined;
      const knownTrees = new Map<string, string | undefined>();
      const free = findFree(snapshot, lifting, knownTrees);
      return (root) => {
        const workTree = workTreeOf(snapshot, root, knownTrees);
        const roots = workTree === undefined ? undefined : free.get(workTree);
        if (workTree === undefined || roots === undefined || !isFree(snapshot, root, roots)) return undefined;
        const found = snapshot.lookUp(workTree);
        return found.kind === "directory" ? found.realPath : undefined;
      };
    },
  };
}

function findLifting(snapshot: Snapshot, paths: Iterable<string>): readonly string[] {
  return [...paths].filter((path) => snapshot.facts(path).liftsRestrictions !== undefined);
}

/** What is free, by work tree. */
function findFree(
  snapshot: Snapshot,
  lifting: readonly string[],
  knownTrees: Map<string, string | undefined>,
): ReadonlyMap<string, FreeRoots> {
  const free = new Map<string, FreeRoots>();
  for (const path of lifting) {
    const workTree = workTreeOf(snapshot, parentPath(path), knownTrees);
    const lifted = snapshot.facts(path).liftsRestrictions;
    if (workTree === undefined || lifted === undefined) continue;
    const before = free.get(workTree) ?? new Set<string>();
    const roots = lifted === true ? undefined : findRoots(snapshot, lifted, { from: parentPath(path), workTree });
    free.set(workTree, before === "all" || roots === undefined ? "all" : new Set([...before, ...roots]));
  }
  return free;
}

/**
 * The kustomizations that a file means by the directories it writes. It may be run from its own directory or from any above, up to
 * the top of the work tree: the nearest where there is one. `undefined` when there is none anywhere.
 */
function findRoots(
  { graph }: Snapshot,
  written: readonly string[],
  { from, workTree }: { readonly from: string; readonly workTree: string },
): readonly string[] | undefined {
  const roots: string[] = [];
  for (const each of written) {
    let start = from;
    while (graph.at(joinPath(start, each)) === undefined) {
      if (start === workTree || start === "/") return undefined;
      start = parentPath(start);
    }
    roots.push(joinPath(start, each));
  }
  return roots;
}

/** A root is free when it is named, and when it is included by one that is: its files are read by that build. */
function isFree({ graph }: Snapshot, root: string, roots: FreeRoots): boolean {
  if (roots === "all" || roots.has(root)) return true;
  return graph.reachedFrom(root).some((includer) => roots.has(includer.root));
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
