import type { GitFailure } from "../git/gitFailure";
import type { GitWork } from "../git/gitWork";
import { pullRequestAddress } from "../git/pullRequestAddress";
import { joinPath, parentPath } from "../platform/path";
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
  const state = { untracked: "not in git yet", ignored: "ignored by git", conflicted: "in conflict after a merge" };
  const how =
    unclean.state === "changed" || unclean.state === "clean" ? "changed and not committed" : state[unclean.state];
  return {
    kind: "stop",
    code: 1,
    reason: "uncommittedChanges",
    message: `'${nameFile(unclean.path)}' is ${how}, and a commit would take that along.`,
    help: "Commit or undo that first, or leave out '--commit' and '--push'. Nothing was changed.",
  };
}

/** Commits the files, and pushes when asked for. */
export async function commitAndPush(
  git: GitWork,
  request: BumpRequest,
  change: { readonly paths: readonly string[]; readonly message: string; readonly branchName: string },
  signal: AbortSignal,
): Promise<GitResult | Stop> {
  const { paths, message, branchName } = change;
  const newBranch = request.branch === "new" ? branchName : request.branch?.named;
  const committed = await git.commit({ paths, message, newBranch, signal });
  if (!committed.ok) return gitStop(committed.failure);
  const { commit, branch } = committed.value;
  if (!request.push) return { commit, branch };
  const pushed = await git.push({ branch, signal });
  if (!pushed.ok) return { commit, branch, failed: gitStop(pushed.failure) };
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

function gitStop({ kind, message, help, detail, stands }: GitFailure): Stop {
  const words = stands === undefined ? message : `${message} ${stands}`;
  return { kind: "stop", code: refusals.has(kind) ? 1 : 2, reason: kind, message: words, help, detail };
}
