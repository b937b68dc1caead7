/** How something turned out. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: GitFailure };

/** Why git did not do what was asked, for code (`kind`) and for people. */
export interface GitFailure {
  readonly kind: GitFailureKind;
  /** What happened, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help: string;
  /** The words of git, of a hook or of the server, without passwords; absent when there are none. */
  readonly detail?: string | undefined;
  /** What was done all the same and stays, one sentence; absent when everything is as it was before. */
  readonly stands?: string | undefined;
}

export type GitFailureKind =
  | "noGit"
  | "noRepository"
  /** The repository belongs to somebody else, and `safe.directory` does not name it. */
  | "unsafeOwner"
  /** The person may not write in the repository. */
  | "notWritable"
  | "timedOut"
  | "cancelled"
  /** Another git is at work in the repository, or left its lock behind. */
  | "locked"
  /** A merge, rebase or the like is under way. */
  | "operationInProgress"
  | "conflicted"
  | "badBranchName"
  | "branchExists"
  /** There is no commit yet. */
  | "noCommit"
  | "nothingToCommit"
  /** A file that was to be committed has staged changes. */
  | "staged"
  | "ignored"
  | "noIdentity"
  | "signingFailed"
  /** A hook said no: here, or on the server. */
  | "hookDeclined"
  | "noRemote"
  /** The branch follows one of another name, and nothing says which is meant. */
  | "upstreamDiffers"
  /** The remote branch has commits that the local one lacks. */
  | "rejected"
  /** The server refused the branch for a reason of its own, for example because it is protected. */
  | "remoteRefused"
  | "authenticationFailed"
  | "notPermitted"
  | "remoteNotFound"
  | "unreachable"
  /** The certificate or host key of the server could not be verified. */
  | "untrustedServer"
  | "failed";

/** Something worked. */
export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Something did not. */
export function failed(failure: GitFailure): { readonly ok: false; readonly failure: GitFailure } {
  return { ok: false, failure };
}

/** The same failure, with what stays of the work. */
export function leaving(failure: GitFailure, stands: string): GitFailure {
  return { ...failure, stands: failure.stands === undefined ? stands : `${failure.stands} ${stands}` };
}

/** Takes user names, passwords and tokens out of the addresses in a text. */
export function withoutSecrets(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, "$1");
}
