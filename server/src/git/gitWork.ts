import type { Programs } from "../platform/programs";
import { type CheckedOut, createBranch, type NewBranchOptions, readCheckedOut } from "./branch";
import { type CommitRequest, type Committed, commitFiles } from "./commit";
import { type CommittedTexts, readCommittedTexts } from "./committedTexts";
import type { Outcome } from "./gitFailure";
import { GitProgram } from "./gitProgram";
import { type LogEntry, type LogOptions, readLog } from "./log";
import { type Pushed, type PushRequest, pushBranch } from "./push";
import { type FileStatus, readStatus } from "./status";

/**
 * What may be done with a git work tree when the person asks for it. Nothing here rejects: each answer is a value or a failure in words. Paths are
 * absolute; texts that are open and not saved are nothing that git knows.
 */
export interface GitWork {
  /** The work tree: the directory that holds `.git`. */
  readonly root: string;
  checkedOut(signal?: AbortSignal): Promise<Outcome<CheckedOut>>;
  /** In the order of `paths`. */
  status(paths: readonly string[], signal?: AbortSignal): Promise<Outcome<readonly FileStatus[]>>;
  /** Files as a commit has them, `HEAD~1` for example. */
  texts(revision: string, paths: readonly string[], signal?: AbortSignal): Promise<Outcome<CommittedTexts>>;
  /** The commits that changed a path, the newest first. */
  log(path: string, options?: LogOptions): Promise<Outcome<readonly LogEntry[]>>;
  /** Makes a branch at the present commit; gives what is checked out then. Touches no file. */
  createBranch(name: string, options?: NewBranchOptions): Promise<Outcome<CheckedOut>>;
  /** Commits these files and nothing else, to the present branch or to a new one. */
  commit(request: CommitRequest): Promise<Outcome<Committed>>;
  /** Pushes a branch; never forces. */
  push(request?: PushRequest): Promise<Outcome<Pushed>>;
}

/** Makes the hands for one work tree, with the git of the machine. */
export function createGitWork(programs: Programs, root: string): GitWork {
  const git = new GitProgram(programs, root);
  return {
    root,
    checkedOut: (signal) => readCheckedOut(git, signal),
    status: (paths, signal) => readStatus(git, paths, signal),
    texts: (revision, paths, signal) => readCommittedTexts(git, revision, paths, signal),
    log: (path, options) => readLog(git, path, options),
    createBranch: (name, options) => createBranch(git, name, options),
    commit: (request) => commitFiles(git, request),
    push: (request = {}) => pushBranch(git, request),
  };
}
