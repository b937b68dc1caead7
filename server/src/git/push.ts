import { readHead, readTracking } from "./branch";
import { done, failed, type GitFailure, leaving, type Outcome, withoutSecrets } from "./gitFailure";
import { type GitProgram, unexpected } from "./gitProgram";
import { pushFailure, wordsOfServer } from "./pushFailure";

/** What is to be pushed. */
export interface PushRequest {
  /** The branch that is checked out when absent. */
  readonly branch?: string | undefined;
  /** The one that git would push to when absent: `branch.NAME.pushRemote`, `remote.pushDefault`, `branch.NAME.remote`, the only one, `origin`. */
  readonly remote?: string | undefined;
  /** The branch there; one of the same name when absent. */
  readonly to?: string | undefined;
  /** In milliseconds; two minutes when absent. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was pushed. */
export interface Pushed {
  readonly remote: string;
  /** The address that was pushed to, without passwords. */
  readonly url: string;
  /** The branch there. */
  readonly branch: string;
  readonly change: "created" | "updated" | "upToDate";
  /** What the server said to it. */
  readonly words: string;
  /** The page on which the server offers to open a pull request, if it named one. */
  readonly offered?: string | undefined;
}

const pushTimeout = 120_000;

/**
 * Pushes one branch and never forces. The branch follows the pushed one from then on, unless it follows something already. Hooks and credential
 * helpers of the person run, and nobody is asked anything on a terminal. A failed push changes nothing here.
 */
export async function pushBranch(git: GitProgram, request: PushRequest): Promise<Outcome<Pushed>> {
  const { timeout = pushTimeout, signal } = request;
  const target = await findTarget(git, request);
  if (!target.ok) return target;
  const { branch, remote, url, to, follows } = target.value;
  const words = ["push", "--porcelain", ...(follows ? [] : ["--set-upstream"])];
  const args = [...words, "--", remote, `refs/heads/${branch}:refs/heads/${to}`];
  const end = await git.act({ args, timeout, signal });
  if (!end.ok)
    return failed(leaving(end.failure, `The commits stay on \`${branch}\`; whether they arrived is not known.`));
  const { code, output, errors } = end.value;
  const flag = /^([ +*=!-])\trefs\/heads\/[^\t]*\t/m.exec(output)?.[1];
  if (code !== 0) return failed(pushFailure({ output, errors, branch, to, remote, url }));
  const change = flag === "*" ? "created" : flag === "=" ? "upToDate" : "updated";
  const said = wordsOfServer(errors);
  return done({ remote, url, branch: to, change, words: said, offered: findOffer(said) });
}

interface Target {
  readonly branch: string;
  readonly remote: string;
  readonly url: string;
  readonly to: string;
  /** Whether the branch follows something already. */
  readonly follows: boolean;
}

async function findTarget(git: GitProgram, { signal, ...request }: PushRequest): Promise<Outcome<Target>> {
  const head = request.branch === undefined ? await readHead(git, signal) : done(request.branch);
  if (!head.ok) return head;
  const branch = head.value;
  if (branch === undefined) return failed(noBranch);
  const tracking = await readTracking(git, branch, signal);
  if (!tracking.ok) return tracking;
  if (tracking.value === undefined) return failed(unknownBranch(branch));
  const { upstream, pushRemote } = tracking.value;
  const remotes = await readRemotes(git, pushRemote, signal);
  if (!remotes.ok) return remotes;
  const remote = request.remote ?? remotes.value.preferred;
  if (remote === undefined) return failed(noRemote(remotes.value.names));
  const url = await git.read({ args: ["remote", "get-url", "--push", "--", remote], signal });
  if (!url.ok) return url;
  if (url.value.code !== 0) return failed(noRemote(remotes.value.names, remote));
  const followed = upstream?.remote === remote ? upstream.branch : undefined;
  if (request.to === undefined && followed !== undefined && followed !== branch) {
    return failed(followsOther(branch, `${remote}/${followed}`));
  }
  const address = withoutSecrets(url.value.output.trim());
  return done({ branch, remote, url: address, to: request.to ?? branch, follows: upstream !== undefined });
}

interface Remotes {
  readonly names: readonly string[];
  readonly preferred: string | undefined;
}

async function readRemotes(
  git: GitProgram,
  configured: string | undefined,
  signal?: AbortSignal,
): Promise<Outcome<Remotes>> {
  const listed = await git.read({ args: ["remote"], signal });
  if (!listed.ok) return listed;
  if (listed.value.code !== 0) return failed(unexpected("Asking for the remotes", listed.value));
  const names = listed.value.output.split("\n").filter((name) => name !== "");
  const usual = names.length === 1 ? names[0] : names.find((name) => name === "origin");
  return done({ names, preferred: names.find((name) => name === configured) ?? usual });
}

/** The page for a new pull or merge request in the words of GitHub, GitLab, Gitea, Forgejo or Bitbucket. */
function findOffer(words: string): string | undefined {
  const addresses = words.match(/https?:\/\/\S+/g) ?? [];
  return addresses.find((each) =>
    /\/(?:pull\/new|merge_requests\/new|pull-requests|pulls|compare|pullrequestcreate)\b/.test(each),
  );
}

const noBranch: GitFailure = {
  kind: "failed",
  message: "No branch is checked out that could be pushed.",
  help: "Check out a branch, or make one.",
};

function unknownBranch(branch: string): GitFailure {
  const message = `There is no branch \`${branch}\` with a commit.`;
  return { kind: "noCommit", message, help: "Commit something to it first." };
}

function noRemote(names: readonly string[], wanted?: string): GitFailure {
  if (wanted !== undefined) {
    const message = `There is no remote \`${wanted}\`.`;
    return { kind: "noRemote", message, help: `Name one of: ${names.join(", ")}.` };
  }
  if (names.length > 0) {
    const message = `There are several remotes (${names.join(", ")}), and nothing says which one is meant.`;
    return { kind: "noRemote", message, help: "Name one, or run: git config remote.pushDefault NAME" };
  }
  const help = "Add the address of the repository on the server: git remote add origin ADDRESS";
  return { kind: "noRemote", message: "The repository has no remote.", help };
}

function followsOther(branch: string, followed: string): GitFailure {
  const message = `The branch \`${branch}\` follows \`${followed}\`, which has another name.`;
  const help = `Say which branch is meant, or let it follow none: git branch --unset-upstream ${branch}`;
  return { kind: "upstreamDiffers", message, help };
}
