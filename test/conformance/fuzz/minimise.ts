import type { Tree, TreeEntry } from "../../support/tree";

/**
 * Makes a tree smaller as long as `stillFails` says that it shows the same difference: first whole files are left out, then
 * ever smaller groups of lines.
 */
export async function minimise(tree: Tree, stillFails: (smaller: Tree) => Promise<boolean>): Promise<Tree> {
  let current = tree;
  const attempt = async (entries: ReadonlyMap<string, TreeEntry>): Promise<boolean> => {
    const smaller: Tree = { root: tree.root, entries };
    if (!(await stillFails(smaller))) return false;
    current = smaller;
    return true;
  };
  for (const path of tree.entries.keys()) await attempt(without(current, path));
  for (let changed = true; changed; ) {
    changed = false;
    for (const path of [...current.entries.keys()])
      changed = (await shrinkFile(path, () => current, attempt)) || changed;
  }
  return current;
}

function without(tree: Tree, path: string): ReadonlyMap<string, TreeEntry> {
  return new Map([...tree.entries].filter(([other]) => other !== path));
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
