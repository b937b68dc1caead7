import { done, failed, type GitFailure, leaving, type Outcome } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";

/** What is checked out. */
export interface CheckedOut {
  /** The branch, for example `main`; absent where a commit is checked out without one. */
  readonly branch?: string | undefined;
  /** The id of the commit; absent while there is none. */
  readonly commit?: string | undefined;
  /** What git is in the middle of. */
  readonly operation?: "merge" | "cherry-pick" | "revert" | "rebase" | undefined;
  /** What the branch follows. */
  readonly upstream?: { readonly remote: string; readonly branch: string } | undefined;
}

/** The names under which git keeps the other commit of an operation until it is finished. */
const operations = [
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["REBASE_HEAD", "rebase"],
] as const;

/** Finds what is checked out. */
export async function readCheckedOut(git: GitProgram, signal?: AbortSignal): Promise<Outcome<CheckedOut>> {
  const head = await git.read({ args: ["symbolic-ref", "--quiet", "HEAD"], signal });
  if (!head.ok) return head;
  const input = ["HEAD^{commit}", ...operations.map(([name]) => name)].map((name) => `${name}\n`).join("");
  const end = await git.read({ args: ["cat-file", "--batch-check=%(objectname)"], input, signal });
  if (!end.ok) return end;
  const [commit, ...others] = end.value.output.split("\n").map((line) => /^[0-9a-f]{40,64}$/.exec(line)?.[0]);
  const operation = operations.find((_operation, i) => others[i] !== undefined)?.[1];
  const branch = /^refs\/heads\/(.+)\n$/.exec(head.value.output)?.[1];
  const upstream = branch === undefined ? done(undefined) : await readUpstream(git, branch, signal);
  if (!upstream.ok) return upstream;
  return done({ branch, commit, operation, upstream: upstream.value });
}

/** What a branch follows, if it follows something. */
export async function readUpstream(
  git: GitProgram,
  branch: string,
  signal?: AbortSignal,
): Promise<Outcome<CheckedOut["upstream"]>> {
  const format = "--format=%(upstream:remotename)%00%(upstream:remoteref)";
  const end = await git.read({ args: ["for-each-ref", format, `refs/heads/${branch}`], signal });
  if (!end.ok) return end;
  const [remote = "", reference = ""] = end.value.output.split("\n")[0]?.split("\0") ?? [];
  const name = /^refs\/heads\/(.+)$/.exec(reference)?.[1];
  return done(remote === "" || remote === "." || name === undefined ? undefined : { remote, branch: name });
}

/** Whether the new branch becomes the one that is checked out. */
export interface NewBranchOptions {
  readonly checkOut?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a branch at the commit that is checked out. No file of the work tree and nothing in the index changes, be the new branch checked out or
 * not. It follows nothing until it is pushed.
 */
export async function createBranch(
  git: GitProgram,
  name: string,
  { checkOut = false, signal }: NewBranchOptions = {},
): Promise<Outcome<CheckedOut>> {
  const valid = await git.read({ args: ["check-ref-format", "--branch", name], signal });
  if (!valid.ok) return valid;
  if (valid.value.code !== 0 || valid.value.output.trim() !== name) return failed(badName(name));
  const known = await git.read({ args: ["show-ref", "--verify", "--quiet", `refs/heads/${name}`], signal });
  if (!known.ok) return known;
  if (known.value.code === 0) return failed(exists(name));
  const before = await readCheckedOut(git, signal);
  if (!before.ok) return before;
  if (checkOut && before.value.operation !== undefined) return failed(inOperation(before.value.operation));
  if (before.value.commit === undefined && !checkOut) return failed(noCommit);
  if (before.value.commit !== undefined) {
    const end = await git.act({ args: ["branch", "--no-track", name, "HEAD"], signal });
    if (!end.ok) return end;
    const { code, errors } = end.value;
    if (/already exists|cannot lock ref/.test(errors)) return failed({ ...exists(name), detail: errors.trim() });
    if (code !== 0) return failed(unexpected(`Making the branch \`${name}\``, end.value));
  }
  if (!checkOut) return before;
  const end = await git.act({ args: pointHeadAt(name) });
  if (end.ok && end.value.code === 0) return readCheckedOut(git);
  const failure = end.ok ? unexpected(`Checking out the branch \`${name}\``, end.value) : end.failure;
  const isGone = await removeBranch(git, name, before.value);
  return failed(isGone ? failure : leaving(failure, `The branch \`${name}\` was made and stays.`));
}

/** Checks out again what was before a new branch; touches no file. Resolves to whether it worked. */
export async function returnTo(git: GitProgram, { branch, commit }: CheckedOut): Promise<boolean> {
  const args = branch === undefined ? ["update-ref", "--no-deref", "HEAD", commit ?? ""] : pointHeadAt(branch);
  const end = await git.act({ args });
  return end.ok && end.value.code === 0;
}

/** The same, and removes the new branch, which has no commit of its own. */
export async function undoBranch(git: GitProgram, name: string, before: CheckedOut): Promise<boolean> {
  return (await returnTo(git, before)) && removeBranch(git, name, before);
}

/**
 * The commit stays the same, so files and index are right for the branch already. `git checkout` would read all of them, and would end a merge that is
 * under way without a word.
 */
function pointHeadAt(branch: string): readonly string[] {
  return ["symbolic-ref", "-m", `checkout: moving to ${branch}`, "HEAD", `refs/heads/${branch}`];
}

/** A branch without a commit is gone when nobody is on it. */
async function removeBranch(git: GitProgram, name: string, { commit }: CheckedOut): Promise<boolean> {
  if (commit === undefined) return true;
  const end = await git.act({ args: ["branch", "--quiet", "-D", name] });
  return end.ok && end.value.code === 0;
}

/** Git is in the middle of something that belongs to what is checked out. */
export function inOperation(operation: NonNullable<CheckedOut["operation"]>): GitFailure {
  const message = `A ${operation} is under way in the repository.`;
  return { kind: "operationInProgress", message, help: "Finish or abort it first; `git status` says how." };
}

/** There is no commit to start from. */
const noCommit: GitFailure = {
  kind: "noCommit",
  message: "The repository has no commit yet.",
  help: "Commit something first.",
};

function badName(name: string): GitFailure {
  const message = `\`${name}\` cannot be the name of a branch.`;
  return {
    kind: "badBranchName",
    message,
    help: "Use letters, digits, `-`, `.` and `/`, for example `bump/person-service`.",
  };
}

function exists(name: string): GitFailure {
  const message = `There is a branch \`${name}\` already, or one that is in the way of this name.`;
  return { kind: "branchExists", message, help: "Choose another name, or remove that branch if nobody needs it." };
}
