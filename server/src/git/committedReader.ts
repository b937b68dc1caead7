import type { Programs } from "../platform/programs";
import { type CommitLine, listCommitsSince } from "./commitsSince";
import { type CommittedTexts, listCommitted, readCommittedTexts } from "./committedTexts";
import type { Outcome } from "./gitFailure";
import { GitProgram } from "./gitProgram";

/** Reads what commits hold, and nothing else; `root` is a work tree. */
export interface CommittedReader {
  texts(
    root: string,
    revision: string,
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<Outcome<CommittedTexts>>;
  list(root: string, revision: string, signal?: AbortSignal): Promise<Outcome<readonly string[]>>;
  commitsSince(
    root: string,
    revision: string,
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<Outcome<readonly CommitLine[]>>;
}

/** Makes a reader that asks the git of the machine. */
export function createCommittedReader(programs: Programs): CommittedReader {
  return {
    texts: (root, revision, paths, signal) =>
      readCommittedTexts(new GitProgram(programs, root), revision, paths, signal),
    list: (root, revision, signal) => listCommitted(new GitProgram(programs, root), revision, signal),
    commitsSince: (root, revision, paths, signal) =>
      listCommitsSince(new GitProgram(programs, root), revision, paths, signal),
  };
}
