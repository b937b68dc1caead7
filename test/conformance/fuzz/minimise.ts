import { posix } from "node:path";
import type { Tree, TreeEntry } from "../../support/tree";

/**
 * Makes a tree smaller as long as `stillFails` says that it shows the same difference: first whole directories and files are
 * left out, with the lines that name them, then ever smaller groups of lines.
 */
export async function minimise(tree: Tree, stillFails: (smaller: Tree) => Promise<boolean>): Promise<Tree> {
  let current = tree;
  const attempt = async (entries: ReadonlyMap<string, TreeEntry>): Promise<boolean> => {
    const smaller: Tree = { root: tree.root, entries };
    if (!(await stillFails(smaller))) return false;
    current = smaller;
    return true;
  };
  const directories = new Set([...tree.entries.keys()].map((path) => posix.dirname(path)));
  for (const path of [...directories, ...tree.entries.keys()]) await attempt(without(current, path));
  for (let changed = true; changed; ) {
    changed = false;
    for (const path of [...current.entries.keys()]) {
      changed = (await shrinkFile(path, () => current, attempt)) || changed;
    }
  }
  return current;
}

/** The files that are not `path` and not below it, without the lines that name it. */
function without(tree: Tree, path: string): ReadonlyMap<string, TreeEntry> {
  const name = posix.basename(path);
  const kept = [...tree.entries].filter(([other]) => other !== path && !other.startsWith(`${path}/`));
  return new Map(
    kept.map(([other, entry]): [string, TreeEntry] => {
      if (entry.kind !== "file") return [other, entry];
      const lines = String(entry.content).split(/(?<=\n)/);
      return [other, { kind: "file", content: lines.filter((line) => !line.includes(name)).join("") }];
    }),
  );
}

async function shrinkFile(
  path: string,
  current: () => Tree,
  attempt: (entries: ReadonlyMap<string, TreeEntry>) => Promise<boolean>,
): Promise<boolean> {
  const linesOf = (): string[] => {
    const entry = current().entries.get(path);
    return entry?.kind === "file" ? String(entry.content).split(/(?<=\n)/) : [];
  };
  let changed = false;
  for (let size = Math.max(1, linesOf().length >> 1); size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < linesOf().length; ) {
      const rest = linesOf().filter((_line, index) => index < at || index >= at + size);
      const entries = new Map(current().entries).set(path, { kind: "file", content: rest.join("") });
      if (await attempt(entries)) changed = true;
      else at += size;
    }
  }
  return changed;
}
