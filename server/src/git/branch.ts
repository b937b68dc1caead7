import { done, failed, type GitFailure, type Outcome } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";

/** What is checked out. */
export interface CheckedOut {
  /** The branch, for example `main`; absent where a commit is checked out without one. */
  readonly branch?: string | undefined;
  /** The id of the commit; absent while there is none. */
  readonly commit?: string | undefined;
  /** What the branch follows. */
  readonly upstream?: { readonly remote: string; readonly branch: string } | undefined;
}

/** Finds what is checked out. */
export async function readCheckedOut(git: GitProgram, signal?: AbortSignal): Promise<Outcome<CheckedOut>> {
  const head = await git.read({ args: ["symbolic-ref", "--quiet", "HEAD"], signal });
  if (!head.ok) return head;
  const commit = await git.read({ args: ["rev-parse", "--quiet", "--verify", "HEAD^{commit}"], signal });
  if (!commit.ok) return commit;
  const branch = /^refs\/heads\/(.+)\n$/.exec(head.value.output)?.[1];
  const upstream = branch === undefined ? done(undefined) : await readUpstream(git, branch, signal);
  if (!upstream.ok) return upstream;
  return done({ branch, commit: commit.value.output.trim() || undefined, upstream: upstream.value });
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
  const args = checkOut ? ["checkout", "--quiet", "--no-track", "-b", name] : ["branch", "--no-track", name, "HEAD"];
  const end = await git.act({ args, signal });
  if (!end.ok) return end;
  const { code, errors } = end.value;
  if (/not a valid object name/.test(errors)) return failed(noCommit);
  if (/already exists|cannot lock ref/.test(errors)) return failed({ ...exists(name), detail: errors.trim() });
  if (code !== 0) return failed(unexpected(`Making the branch \`${name}\``, end.value));
  return readCheckedOut(git, signal);
}

/** Goes back to what was checked out before a new branch was, at the same commit, and removes that branch. Resolves to whether it worked. */
export async function undoBranch(git: GitProgram, name: string, before: CheckedOut): Promise<boolean> {
  const back =
    before.branch === undefined
      ? ["checkout", "--quiet", "--detach"]
      : ["symbolic-ref", "-m", `back to ${before.branch}`, "HEAD", `refs/heads/${before.branch}`];
  const left = await git.act({ args: back });
  if (!left.ok || left.value.code !== 0) return false;
  // A branch without a commit is gone when nobody is on it.
  if (before.commit === undefined) return true;
  const removed = await git.act({ args: ["branch", "--quiet", "-D", name] });
  return removed.ok && removed.value.code === 0;
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
