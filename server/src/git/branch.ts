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
  const head = await readHead(git, signal);
  if (!head.ok) return head;
  const input = ["HEAD^{commit}", ...operations.map(([name]) => name)].map((name) => `${name}\n`).join("");
  const end = await git.readObjects({ args: ["cat-file", "--batch-check=%(objectname)"], input, signal });
  if (!end.ok) return end;
  const [commit, ...others] = end.value.output.split("\n").map((line) => /^[0-9a-f]{40,64}$/.exec(line)?.[0]);
  const operation = operations.find((_operation, i) => others[i] !== undefined)?.[1];
  const branch = head.value;
  const tracked = branch === undefined ? done(undefined) : await readTracking(git, branch, signal);
  if (!tracked.ok) return tracked;
  return done({ branch, commit, operation, upstream: tracked.value?.upstream });
}

/** Finds the branch that is checked out, be there a commit on it or not. */
export async function readHead(git: GitProgram, signal?: AbortSignal): Promise<Outcome<string | undefined>> {
  const end = await git.read({ args: ["symbolic-ref", "--quiet", "HEAD"], signal });
  return end.ok ? done(/^refs\/heads\/(.+)\n$/.exec(end.value.output)?.[1]) : end;
}

/** What the configuration says about a branch. */
export interface Tracking {
  /** What it follows. */
  readonly upstream: CheckedOut["upstream"];
  /** The remote that is named for its pushes (`branch.NAME.pushRemote`, `remote.pushDefault`, `branch.NAME.remote`); may be an address. */
  readonly pushRemote: string | undefined;
}

/** What is configured for a branch; `undefined` for one without a commit. */
export async function readTracking(
  git: GitProgram,
  branch: string,
  signal?: AbortSignal,
): Promise<Outcome<Tracking | undefined>> {
  const fields = ["refname", "upstream:remotename", "upstream:remoteref", "push:remotename"];
  const format = `--format=${fields.map((field) => `%(${field})`).join("%00")}`;
  const end = await git.read({ args: ["for-each-ref", format, `refs/heads/${branch}`], signal });
  if (!end.ok) return end;
  const lines = end.value.output.split("\n").map((line) => line.split("\0"));
  // `refs/heads/a` also lists `refs/heads/a/b`, where there is no `a`.
  const found = lines.find(([name]) => name === `refs/heads/${branch}`);
  if (found === undefined) return done(undefined);
  const [, remote = "", reference = "", pushRemote = ""] = found;
  const name = /^refs\/heads\/(.+)$/.exec(reference)?.[1];
  const upstream = remote === "" || remote === "." || name === undefined ? undefined : { remote, branch: name };
  return done({ upstream, pushRemote: pushRemote === "" ? undefined : pushRemote });
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
  const known = await git.read({ args: ["show-ref", "--verify", `refs/heads/${name}`], signal });
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
