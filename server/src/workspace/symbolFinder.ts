import type { FileFacts } from "./facts";
import { buildSymbolIndex } from "./symbolIndex";
import type { Definition, SymbolIndex } from "./symbols";

/** The files of one moment: those on disk, and the texts of the editor that hide some of them. */
export interface SymbolSources {
  /** The same object as long as no file on disk changed. */
  readonly disk: object;
  readonly folders: readonly string[];
  /** The facts of all files on disk, by path. */
  readonly onDisk: () => ReadonlyMap<string, FileFacts>;
  /** The facts of the texts that are open, by path. */
  readonly open: ReadonlyMap<string, FileFacts>;
}

/** Finds the names of snapshots: the same index as long as no file with names changed. */
export interface SymbolFinder {
  of(sources: SymbolSources): SymbolIndex;
}

interface Closed {
  readonly disk: object;
  readonly folders: readonly string[];
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly index: SymbolIndex;
}

/**
 * Makes a finder without memories. Files on disk are indexed once; open ones lie above them, so that a keystroke costs one file. While an
 * open text is no YAML its last names stay: half a word must not make other files report what is missing.
 */
export function createSymbolFinder(): SymbolFinder {
  let closed: Closed | undefined;
  const lastGood = new Map<string, FileFacts>();
  let last:
    | { readonly below: SymbolIndex; readonly open: ReadonlyMap<string, FileFacts>; readonly index: SymbolIndex }
    | undefined;
  return {
    of({ disk, folders, onDisk, open }) {
      if (closed?.disk !== disk || closed.folders !== folders) closed = indexClosed(closed, disk, folders, onDisk());
      for (const path of lastGood.keys()) if (!open.has(path)) lastGood.delete(path);
      const usable = new Map<string, FileFacts>();
      for (const [path, facts] of open) {
        if (facts.broken !== true) lastGood.set(path, facts);
        usable.set(path, lastGood.get(path) ?? orElse(closed.facts.get(path), facts));
      }
      const below = closed.index;
      if (last?.below !== below || !sameFacts(last.open, usable)) {
        last = { below, open: usable, index: usable.size === 0 ? below : layered(below, usable) };
      }
      return last.index;
    },
  };
}

function indexClosed(
  before: Closed | undefined,
  disk: object,
  folders: readonly string[],
  facts: ReadonlyMap<string, FileFacts>,
): Closed {
  const isSame = before !== undefined && sameFacts(before.facts, facts);
  return { disk, folders, facts, index: isSame ? before.index : buildSymbolIndex(facts.values()) };
}

function orElse(disk: FileFacts | undefined, open: FileFacts): FileFacts {
  return disk === undefined || disk.broken === true ? open : disk;
}

/** Whether two sets of files name the same things; files without names do not matter. */
function sameFacts(a: ReadonlyMap<string, FileFacts>, b: ReadonlyMap<string, FileFacts>): boolean {
  if (a.size !== b.size) return false;
  for (const [path, facts] of b) {
    const other = a.get(path);
    if (other === facts) continue;
    if (other === undefined || hasNames(other) || hasNames(facts)) return false;
  }
  return true;
}

function hasNames({ definitions, mentions }: FileFacts): boolean {
  return definitions !== undefined || mentions !== undefined;
}

/** An index of some files above one of all files, whose own versions of those files it hides. */
function layered(below: SymbolIndex, files: ReadonlyMap<string, FileFacts>): SymbolIndex {
  const above = buildSymbolIndex(files.values());
  const isVisible = ({ place }: Pick<Definition, "place">): boolean => !files.has(place.file.path);
  const join = <T extends Pick<Definition, "place">>(lower: readonly T[], upper: readonly T[]): readonly T[] => {
    const visible = lower.every(isVisible) ? lower : lower.filter(isVisible);
    return upper.length === 0 ? visible : [...visible, ...upper];
  };
  const objects = new Map<string, readonly Definition[]>();
  return {
    definitionsOf: (thing) => join(below.definitionsOf(thing), above.definitionsOf(thing)),
    mentionsOf: (thing) => join(below.mentionsOf(thing), above.mentionsOf(thing)),
    partsOf: (object, type, scope) => join(below.partsOf(object, type, scope), above.partsOf(object, type, scope)),
    objectsOf(group, kind) {
      const key = `${group}\n${kind}`;
      let known = objects.get(key);
      if (known === undefined) {
        known = join(below.objectsOf(group, kind), above.objectsOf(group, kind));
        objects.set(key, known);
      }
      return known;
    },
  };
}
