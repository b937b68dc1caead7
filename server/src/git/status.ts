import { done, failed, type Outcome } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";

/** What git says of one file of the work tree. */
export interface FileStatus {
  /** As it was asked for. */
  readonly path: string;
  /**
   * `changed`: it differs from the commit that is checked out, in the work tree, in the index or in both. `conflicted`: a merge left it so.
   * `clean` is also said of what is neither there nor known to git.
   */
  readonly state: "clean" | "changed" | "untracked" | "ignored" | "conflicted";
  /** Whether there is something in the index that the next `git commit` would take. */
  readonly staged: boolean;
}

/**
 * What git says of files, in the order in which they are named. Filters that the repository uses (Git LFS, for example) run as in the person's
 * own `git status`; hooks do not, and nothing is written.
 */
export async function readStatus(
  git: GitProgram,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Outcome<readonly FileStatus[]>> {
  const names = paths.map((path) => git.pathOf(path));
  const outside = paths.find((_path, i) => names[i] === undefined);
  if (outside !== undefined) {
    const message = `'${outside}' does not lie in the work tree '${git.root}'.`;
    return failed({ kind: "noRepository", message, help: "Ask the repository that the file lies in." });
  }
  if (paths.length === 0) return done([]);
  const what = ["--porcelain=v2", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames"];
  const end = await git.read({ args: ["status", ...what, ...git.pathspecsOf(paths)], signal });
  if (!end.ok) return end;
  if (end.value.code !== 0) return failed(unexpected("Asking for the status of files", end.value));
  const entries = end.value.output.split("\0").flatMap((line) => parseEntry(line) ?? []);
  return done(paths.map((path, i) => ({ path, ...findEntry(entries, names[i] ?? "") })));
}

interface Entry {
  /** Relative to the work tree; a directory ends in `/`. */
  readonly name: string;
  readonly state: FileStatus["state"];
  readonly staged: boolean;
}

/** A line of `git status --porcelain=v2` (its manual page: Porcelain Format Version 2). */
function parseEntry(line: string): Entry | undefined {
  const [, changed, name] = /^1 (..)(?: \S+){6} ([\s\S]+)$/.exec(line) ?? [];
  if (changed !== undefined && name !== undefined) return { name, state: "changed", staged: !changed.startsWith(".") };
  const conflicted = /^u(?: \S+){9} ([\s\S]+)$/.exec(line)?.[1];
  if (conflicted !== undefined) return { name: conflicted, state: "conflicted", staged: false };
  if (/^[?!] /.test(line)) {
    return { name: line.slice(2), state: line.startsWith("?") ? "untracked" : "ignored", staged: false };
  }
  return undefined;
}

function findEntry(entries: readonly Entry[], name: string): Omit<FileStatus, "path"> {
  const entry = entries.find((each) => each.name === name || (each.name.endsWith("/") && name.startsWith(each.name)));
  return { state: entry?.state ?? "clean", staged: entry?.staged ?? false };
}
