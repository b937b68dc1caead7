import type { CommittedReader } from "../git/committedReader";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceFile } from "../yaml/source";
import {
  type ComparedKind,
  committedFiles,
  findWantedFiles,
  readCommittedFiles,
  type WantedFiles,
} from "./committedFiles";
import { QuestionJob, type QuestionJobOptions } from "./questionJob";

/** The files of one snapshot that git is asked for. */
interface Wanted {
  readonly snapshot: Snapshot;
  readonly files: WantedFiles;
}

export type CommittedFilesJob = QuestionJob<Wanted, string, SourceFile>;

export interface CommittedFilesJobOptions
  extends Pick<QuestionJobOptions<Wanted, string, SourceFile>, "store" | "clock" | "answered"> {
  readonly snapshot: () => Snapshot;
  readonly reader: CommittedReader;
  readonly kinds: readonly ComparedKind[];
}

/**
 * Keeps what git has of files current: asks again when another commit is checked out, and when other files hold such objects. Typing in them
 * asks nothing.
 */
export function committedFilesJob({ snapshot, reader, kinds, ...rest }: CommittedFilesJobOptions): CommittedFilesJob {
  return new QuestionJob({
    ...rest,
    topic: committedFiles,
    wanted: () => {
      const now = snapshot();
      return now.complete ? { snapshot: now, files: findWantedFiles(now, kinds) } : undefined;
    },
    describe: ({ files }) =>
      files.size === 0 ? "" : JSON.stringify([...files].map(([{ root, head }, paths]) => [root, head, paths])),
    ask: (wanted, signal) => readCommittedFiles(wanted.files, { snapshot: wanted.snapshot, reader, signal }),
  });
}
