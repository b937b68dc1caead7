import type { GitFailure } from "../git/gitFailure";
import type { GitWork } from "../git/gitWork";
import { pullRequestAddress } from "../git/pullRequestAddress";
import type { FileStatus } from "../git/status";
import { isInside, joinPath, parentPath } from "../platform/path";
import type { Stop } from "./bumpPlan";
import type { BumpRequest } from "./bumpRequest";
import type { CommandHost } from "./host";

/** What git did. */
export interface GitResult {
  readonly commit?: string | undefined;
  /** The branch that holds the commit. */
  readonly branch?: string | undefined;
  readonly pushedTo?: string | undefined;
  /** Where a pull request can be opened. */
  readonly pullRequest?: string | undefined;
  /** The push failed; the commit is there. */
  readonly failed?: Stop | undefined;
}

/** Refuses files that hold changes of somebody else, or that git does not know. */
export async function checkClean(
  git: GitWork,
  paths: readonly string[],
  { signal, nameFile }: { readonly signal: AbortSignal; readonly nameFile: (path: string) => string },
): Promise<Stop | undefined> {
  const status = await git.status(paths, signal);
  if (!status.ok) return gitStop(status.failure);
  const unclean = status.value.find(({ state, staged }) => state !== "clean" || staged);
  if (unclean === undefined) return undefined;
  const [why, remedy] = unfit[unclean.staged ? "staged" : unclean.state];
  const message = `'${nameFile(unclean.path)}' ${why}.`;
  const help = `${remedy} first, or leave out '--commit' and '--push'. Nothing was changed.`;
  return { kind: "stop", code: 1, reason: "uncommittedChanges", message, help };
}

/** Why a file is not committed in a state, and what to do about it. */
const unfit: Readonly<Record<FileStatus["state"] | "staged", readonly [why: string, remedy: string]>> = {
  clean: ["is as in git", "Look at it"],
  staged: ["is staged, and a commit would take that along", "Commit or unstage it (`git restore --staged FILE`)"],
  changed: [
    "is changed and not committed, and a commit would take that along",
    "Commit it or take the change back (`git diff` shows it)",
  ],
  untracked: ["is not in git yet, and a commit would take all of it along", "Add and commit it"],
  ignored: ["is ignored by git and cannot be committed", "Take it out of `.gitignore`"],
  conflicted: ["is in conflict after a merge", "Resolve the conflict"],
};

/**
 * The branch to make; `undefined` for the one that is checked out. Where that is asked for and none is (as pipelines clone), a commit would be on no
 * branch and soon be lost, so that it is refused.
 */
export async function chooseBranch(
  git: GitWork,
  { branch }: BumpRequest,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly newBranch: string | undefined } | Stop> {
  if (typeof branch !== "string") return { newBranch: branch.named };
  if (branch === "new") return { newBranch: name };
  const now = await git.checkedOut(signal);
  if (!now.ok) return gitStop(now.failure);
  if (now.value.branch !== undefined) return { newBranch: undefined };
  const message = "A commit is checked out and no branch, as pipelines clone.";
  const help =
    "Check out the branch first (`git checkout -B main`), or leave out '--current-branch'. Nothing was changed.";
  return { kind: "stop", code: 1, reason: "noBranch", message, help };
}

/** Commits the files, and pushes when asked for. */
export async function commitAndPush(
  git: GitWork,
  request: BumpRequest,
  change: { readonly paths: readonly string[]; readonly message: string; readonly newBranch: string | undefined },
  signal: AbortSignal,
): Promise<GitResult | Stop> {
  const { paths, message, newBranch } = change;
  const committed = await git.commit({ paths, message, newBranch, signal });
  if (!committed.ok) return gitStop(namingAnother(committed.failure));
  const { commit, branch } = committed.value;
  if (!request.push) return { commit, branch };
  const pushed = await git.push({ branch, signal });
  if (!pushed.ok) {
    const failure = newBranch === undefined ? pushed.failure : namingAnother(pushed.failure);
    return { commit, branch, failed: gitStop(failure) };
  }
  const { remote, url, branch: there, offered } = pushed.value;
  const page = offered ?? (newBranch === undefined ? undefined : pullRequestAddress(url, { branch: there }));
  return { commit, branch, pushedTo: `${remote}/${there}`, pullRequest: page };
}

/** The work tree around a directory. */
export function findWorkTree({ syncFileSystem }: CommandHost, directory: string): string | Stop {
  for (let at = directory; ; at = parentPath(at)) {
    if (syncFileSystem.stat(joinPath(at, ".git")) !== undefined) return at;
    if (at === "/" || parentPath(at) === at) break;
  }
  const message = `'${directory}' does not lie in a git work tree.`;
  return { kind: "stop", code: 2, reason: "noRepository", message, help: "Leave out '--commit' and '--push'." };
}

/**
 * Refuses to change what a link of the overlay leads to outside of its work tree: whoever wrote the link has no say there. An overlay in no work tree may lead
 * wherever it wants.
 */
export function checkInside(
  host: CommandHost,
  root: string,
  { paths, nameFile }: { readonly paths: readonly string[]; readonly nameFile: (path: string) => string },
): Stop | undefined {
  const tree = findWorkTree(host, root);
  const outside = typeof tree === "string" ? paths.find((path) => !isInside(tree, path)) : undefined;
  if (outside === undefined) return undefined;
  const message = `A link of the overlay leads to '${nameFile(outside)}', which does not lie in its work tree.`;
  const help = "Bump the image where that file lies, or put a file in the place of the link. Nothing was changed.";
  return { kind: "stop", code: 1, reason: "outsideOfWorkTree", message, help };
}

/** What git, a hook or a server said no to is refused; what did not come about could not run. */
const refusals: ReadonlySet<GitFailure["kind"]> = new Set([
  "operationInProgress",
  "conflicted",
  "badBranchName",
  "branchExists",
  "nothingToCommit",
  "staged",
  "ignored",
  "hookDeclined",
  "upstreamDiffers",
  "rejected",
  "remoteRefused",
  "notPermitted",
]);

/** What to do where a new branch has a name that is taken, here or there. */
function namingAnother(failure: GitFailure): GitFailure {
  if (failure.kind === "branchExists") return { ...failure, help: "Give another one with '--branch'." };
  if (failure.kind !== "rejected") return failure;
  return {
    ...failure,
    help: "Such a branch is there already: give another name with '--branch'. The commit stays here.",
  };
}

function gitStop({ kind, message, help, detail, stands }: GitFailure): Stop {
  const words = stands === undefined ? message : `${message} ${stands}`;
  return { kind: "stop", code: refusals.has(kind) ? 1 : 2, reason: kind, message: words, help, detail };
}
