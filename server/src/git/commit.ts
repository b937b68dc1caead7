import { type CheckedOut, createBranch, inOperation, readCheckedOut, returnTo, undoBranch } from "./branch";
import { commitFailure } from "./commitFailure";
import { done, failed, type GitFailure, leaving, type Outcome } from "./gitFailure";
import type { GitProgram } from "./gitProgram";
import { type FileStatus, readStatus } from "./status";

/** What is to be committed. */
export interface CommitRequest {
  /** Absolute paths of files; all that differs in them goes into the commit, and nothing else. */
  readonly paths: readonly string[];
  readonly message: string;
  /** A branch to make at the present commit, check out and commit to; the branch that is checked out when absent. */
  readonly newBranch?: string | undefined;
  /** Whether what was checked out before the new branch is so again afterwards, with the files as they are there. */
  readonly comeBack?: boolean | undefined;
  /** In milliseconds; hooks and signatures count. Five minutes when absent. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was committed. */
export interface Committed {
  /** The id of the new commit. */
  readonly commit: string;
  /** The branch that it is on; absent where none is checked out. */
  readonly branch?: string | undefined;
  /** Why the new branch is still the one that is checked out, where it was not to be. */
  readonly stayed?: GitFailure | undefined;
}

/**
 * Commits the given files, new and deleted ones too, as `git commit --only` does: what the person has staged of other files stays staged. Hooks run
 * and commits are signed as the configuration says. A file of which something is staged is refused, since that would be lost.
 * When it fails, branch and index are as before, or the failure says what stands.
 */
export async function commitFiles(git: GitProgram, request: CommitRequest): Promise<Outcome<Committed>> {
  const { paths, newBranch, signal } = request;
  const before = await readCheckedOut(git, signal);
  if (!before.ok) return before;
  const { operation } = before.value;
  if (operation !== undefined) return failed(inOperation(operation));
  const status = await readStatus(git, paths, signal);
  if (!status.ok) return status;
  const refusal = request.message.trim() === "" ? noMessage : findRefusal(status.value);
  if (refusal !== undefined) return failed(refusal);
  if (newBranch !== undefined) {
    const made = await createBranch(git, newBranch, { checkOut: true, signal });
    if (!made.ok) return made;
  }
  const created = status.value.filter(({ state }) => state === "untracked").map(({ path }) => path);
  const failure = await tryCommit(git, request, created);
  const after = await readCheckedOut(git);
  // Whatever went wrong then, a commit that is there is one.
  if (after.ok && after.value.commit !== undefined && after.value.commit !== before.value.commit) {
    const { commit, branch } = after.value;
    const comesBack = newBranch !== undefined && request.comeBack === true && before.value.commit !== undefined;
    return done({ commit, branch, stayed: comesBack ? await comeBack(git, paths, before.value) : undefined });
  }
  return failed(await undo(git, failure ?? lost, { created, newBranch, before: before.value }));
}

async function tryCommit(
  git: GitProgram,
  { paths, message, timeout, signal }: CommitRequest,
  created: readonly string[],
): Promise<GitFailure | undefined> {
  if (created.length > 0) {
    // A commit of some files only takes those that the index knows at least by name.
    const added = await git.act({ args: ["add", "--intent-to-add", ...git.pathspecsOf(created)], signal });
    if (!added.ok) return added.failure;
    if (added.value.code !== 0) return commitFailure(added.value);
  }
  const args = ["commit", "--only", "--quiet", "--cleanup=whitespace", "--file=-", ...git.pathspecsOf(paths)];
  const end = await git.act({ args, input: message, timeout, signal });
  if (!end.ok) return end.failure;
  return end.value.code === 0 ? undefined : commitFailure(end.value);
}

/** The new branch has the files that were committed; all others are the same on both. */
async function comeBack(
  git: GitProgram,
  paths: readonly string[],
  before: CheckedOut,
): Promise<GitFailure | undefined> {
  if (!(await returnTo(git, before))) return { ...stuck, stands: "The new branch is checked out." };
  const restore = ["restore", "--quiet", "--source=HEAD", "--staged", "--worktree", ...git.pathspecsOf(paths)];
  const end = await git.act({ args: restore });
  if (end.ok && end.value.code === 0) return undefined;
  const detail = end.ok ? end.value.errors.trim() || undefined : end.failure.detail;
  return { ...stuck, detail, stands: "The files are as they were committed." };
}

const stuck: GitFailure = {
  kind: "failed",
  message: "The commit was made, but what was checked out before could not be put back.",
  help: "See `git status`; `git switch` and `git restore` put back the branch and the files.",
};

interface Attempt {
  readonly created: readonly string[];
  readonly newBranch: string | undefined;
  readonly before: CheckedOut;
}

async function undo(
  git: GitProgram,
  failure: GitFailure,
  { created, newBranch, before }: Attempt,
): Promise<GitFailure> {
  let told = failure;
  if (created.length > 0) {
    const end = await git.act({
      args: ["update-index", "--force-remove", "--", ...created.map((path) => git.pathOf(path) ?? path)],
    });
    if (!end.ok || end.value.code !== 0)
      told = leaving(told, `The index has an empty entry for ${created.join(", ")}.`);
  }
  if (newBranch !== undefined && !(await undoBranch(git, newBranch, before))) {
    told = leaving(told, `The branch \`${newBranch}\` was made and stays.`);
  }
  return told;
}

function findRefusal(status: readonly FileStatus[]): GitFailure | undefined {
  const named = (test: (each: FileStatus) => boolean): string =>
    status
      .filter(test)
      .map(({ path }) => `'${path}'`)
      .join(", ");
  const conflicted = named(({ state }) => state === "conflicted");
  if (conflicted !== "") {
    return { kind: "conflicted", message: `A merge left conflicts in ${conflicted}.`, help: "Resolve them first." };
  }
  const staged = named((each) => each.staged);
  if (staged !== "") {
    const help = "Commit or unstage that first (`git restore --staged FILE`).";
    return { kind: "staged", message: `Something is staged already of ${staged}.`, help };
  }
  const ignored = named(({ state }) => state === "ignored");
  if (ignored !== "") {
    const help = "Take the file out of `.gitignore`, or add it yourself with `git add --force`.";
    return { kind: "ignored", message: `Git is told to ignore ${ignored}.`, help };
  }
  return status.every(({ state }) => state === "clean") ? nothingToCommit : undefined;
}

const nothingToCommit: GitFailure = {
  kind: "nothingToCommit",
  message: "There is nothing to commit: the files are as in the last commit.",
  help: "Save them first, if they are open in an editor.",
};

const noMessage: GitFailure = {
  kind: "failed",
  message: "A commit needs a message.",
  help: "Say in one line what the change is for.",
};

const lost: GitFailure = {
  kind: "failed",
  message: "Git says that it made a commit, but there is none.",
  help: "Try the same in a terminal.",
};
