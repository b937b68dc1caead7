import type { CommittedReader } from "../git/committedReader";
import { baseName, isInside } from "../platform/path";
import { isYamlName } from "../workspace/fileNames";
import type { Repository } from "../workspace/repositories";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceFile } from "../yaml/source";
import type { Topic } from "./observations";

/** Files by their path, as the commit that is checked out has them. */
export type CommittedFiles = ReadonlyMap<string, SourceFile>;

/**
 * What git has of the files that hold objects of some kinds; where such a file is new, also of those that are there no more, since it may
 * be one of them under a new name. A file that is not among them: git does not have it, or nobody asked.
 */
export const committedFiles: Topic<CommittedFiles> = { name: "committed files", nothing: new Map() };

/** A kind of object that is compared with what git has of it. */
export interface ComparedKind {
  readonly group: string;
  readonly kind: string;
}

/** What to ask git: the files with such objects, by the repository that they lie in. */
export type WantedFiles = ReadonlyMap<Repository, readonly string[]>;

/** How many files that are there no more are looked at. */
const mostGone = 500;

/** Finds what to ask. Repositories without a commit, and files outside of all repositories, are left out. */
export function findWantedFiles(
  { repositories, symbols, folders }: Snapshot,
  kinds: readonly ComparedKind[],
): WantedFiles {
  const wanted = new Map<Repository, Set<string>>();
  for (const { group, kind } of kinds) {
    for (const { place } of symbols.objectsOf(group, kind)) {
      const { path } = place.file;
      const repository = innermost(repositories, path);
      if (repository?.head === undefined || !folders.some((folder) => isInside(folder, path))) continue;
      const paths = wanted.get(repository) ?? new Set();
      wanted.set(repository, paths.add(path));
    }
  }
  return new Map([...wanted].map(([repository, paths]) => [repository, [...paths].sort()]));
}

/** Asks git. What it does not say, for whatever reason, is left out; never rejects. */
export async function readCommittedFiles(
  wanted: WantedFiles,
  { snapshot, reader, signal }: Asking,
): Promise<CommittedFiles> {
  const files = new Map<string, SourceFile>();
  const read = async (root: string, paths: readonly string[]): Promise<void> => {
    const texts = await reader.texts(root, "HEAD", paths, signal);
    if (!texts.ok) return;
    for (const [path, text] of texts.value) if (text !== undefined) files.set(path, { path, text });
  };
  for (const [{ root }, paths] of wanted) {
    await read(root, paths);
    if (paths.every((path) => files.has(path))) continue;
    const listed = await reader.list(root, "HEAD", signal);
    const isGone = (path: string): boolean => isYamlName(baseName(path)) && snapshot.lookUp(path).kind === "missing";
    const gone = (listed.ok ? listed.value : []).filter(isGone);
    if (gone.length > 0 && gone.length <= mostGone) await read(root, gone);
  }
  return files;
}

/** What asking needs besides. */
export interface Asking {
  readonly snapshot: Snapshot;
  readonly reader: CommittedReader;
  readonly signal?: AbortSignal | undefined;
}

function innermost(repositories: readonly Repository[], path: string): Repository | undefined {
  const around = repositories.filter(({ root }) => isInside(root, path));
  return around.reduce<Repository | undefined>(
    (best, each) => (best === undefined || each.root.length > best.root.length ? each : best),
    undefined,
  );
}
