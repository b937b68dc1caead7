import type { Found, Loader } from "../kustomize/loader";
import { baseName, isInside, joinPath, parentPath } from "../platform/path";
import { findPackedReference, parseHead, parseRemotes, type Remote } from "./gitConfig";

/** A git work tree in which workspace folders lie, or that lies in one. */
export interface Repository {
  /** Absolute path of the work tree. */
  readonly root: string;
  readonly remotes: readonly Remote[];
  /** The branch that is checked out; absent when none is. */
  readonly branch?: string | undefined;
  /**
   * What is another text as soon as `HEAD` is another commit: the id of the commit, or what stands for it where references are kept in
   * tables. Absent while there is no commit.
   */
  readonly head?: string | undefined;
}

/** The repositories as far as they are known. */
export interface FoundRepositories {
  /** Sorted by root. The same list as before while nothing that they were read from changed. */
  readonly repositories: readonly Repository[];
  /** Paths that have to be loaded for the rest. */
  readonly pending: readonly string[];
  /** The files inside of `.git` that all of this follows from. */
  readonly sources: readonly string[];
}

/** Finds repositories; remembers what it found last. */
export interface RepositoryFinder {
  /** `workTrees` are the directories below the folders that hold something called `.git`. */
  of(loader: Loader, folders: readonly string[], workTrees: readonly string[]): FoundRepositories;
}

/** Makes a finder without memories. It reads plain files and never runs a program. */
export function createRepositoryFinder(): RepositoryFinder {
  let last: { readonly key: readonly (Found | string)[]; readonly found: FoundRepositories } | undefined;
  return {
    of(loader, folders, workTrees) {
      const key: (Found | string)[] = [...workTrees, ...folders];
      const pending = new Set<string>();
      const sources = new Set<string>();
      const lookUp = (path: string): Found => {
        const found = loader.lookUp(path);
        key.push(found);
        if (baseName(path) !== ".git" && baseName(path) !== "commondir") sources.add(path);
        if (found.kind === "pending") pending.add(path);
        return found;
      };
      const around = folders.flatMap((folder) => findWorkTreeAround(folder, lookUp) ?? []);
      const roots = [...new Set([...around, ...workTrees.filter((each) => isInSome(folders, each))])].sort();
      const repositories = roots.flatMap((root) => readRepository(root, lookUp) ?? []);
      if (last?.key.length !== key.length || key.some((each, i) => each !== last?.key[i])) {
        last = { key, found: { repositories, pending: [...pending], sources: [...sources] } };
      }
      return last.found;
    },
  };
}

function isInSome(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => isInside(folder, path));
}

/** The nearest directory from a folder up that holds `.git`. */
function findWorkTreeAround(folder: string, lookUp: Loader["lookUp"]): string | undefined {
  for (let directory = folder; ; directory = parentPath(directory)) {
    const { kind } = lookUp(joinPath(directory, ".git"));
    if (kind === "directory" || kind === "file") return directory;
    if (directory === "/") return undefined;
  }
}

/** `undefined` while its files are not read, and for what only looks like a repository. */
function readRepository(root: string, lookUp: Loader["lookUp"]): Repository | undefined {
  const gitDirectory = findGitDirectory(root, lookUp);
  if (gitDirectory === undefined) return undefined;
  const common = lookUp(joinPath(gitDirectory, "commondir"));
  const head = lookUp(joinPath(gitDirectory, "HEAD"));
  if (common.kind === "pending") return undefined;
  // A linked work tree shares the configuration of the repository that it was made from.
  const commonDirectory = common.kind === "file" ? resolvePath(gitDirectory, textOf(common)) : gitDirectory;
  const config = lookUp(joinPath(commonDirectory, "config"));
  const commit = head.kind === "file" ? findHead(textOf(head), commonDirectory, lookUp) : undefined;
  if (config.kind !== "file" || head.kind === "pending") return undefined;
  return { root, remotes: parseRemotes(textOf(config)), branch: parseHead(textOf(head)), head: commit };
}

/** What `HEAD` comes to, by its text: a commit, or a reference that lies in a file of its own or, packed, among others. */
function findHead(text: string, commonDirectory: string, lookUp: Loader["lookUp"]): string | undefined {
  const reference = /^ref:\s*(refs\/\S+)/.exec(text)?.[1];
  if (reference === undefined) return text.trim() || undefined;
  if (reference.endsWith("/.invalid"))
    return textOf(lookUp(joinPath(commonDirectory, "reftable/tables.list"))) || undefined;
  // Looked up in any case: packing removes the one and writes the other.
  const packed = lookUp(joinPath(commonDirectory, "packed-refs"));
  const loose = lookUp(joinPath(commonDirectory, reference));
  if (loose.kind === "file") return textOf(loose).trim() || undefined;
  return loose.kind === "pending" ? undefined : findPackedReference(textOf(packed), reference);
}

/** The directory that `.git` is, or that it names where it is a file, as in linked work trees and submodules. */
function findGitDirectory(root: string, lookUp: Loader["lookUp"]): string | undefined {
  const path = joinPath(root, ".git");
  const found = lookUp(path);
  if (found.kind === "directory") return path;
  const named = /^gitdir:[ \t]*(.+)/.exec(textOf(found))?.[1];
  return named === undefined ? undefined : resolvePath(root, named);
}

function textOf(found: Found): string {
  return found.kind === "file" ? found.source.text : "";
}

/** A path as git writes it, on Windows with a drive letter. */
function resolvePath(base: string, written: string): string {
  const path = written.trim();
  return joinPath(base, /^[A-Za-z]:\//.test(path) ? `/${path.charAt(0).toLowerCase()}${path.slice(1)}` : path);
}
