import type { CommittedReader } from "../git/committedReader";
import type { Clock } from "../platform/clock";
import type { Snapshot } from "../workspace/snapshot";
import {
  type ComparedKind,
  committedFiles,
  findWantedFiles,
  readCommittedFiles,
  type WantedFiles,
} from "./committedFiles";
import type { ObservationStore } from "./observations";

export interface CommittedFilesJobOptions {
  readonly snapshot: () => Snapshot;
  readonly store: ObservationStore;
  readonly reader: CommittedReader;
  readonly kinds: readonly ComparedKind[];
  readonly clock: Clock;
  /** Called after each new answer. */
  readonly answered: () => void;
}

/** How long to wait after a change before git is asked, in milliseconds: a checkout changes many files. */
const pause = 300;

/**
 * Keeps what git has of files current: asks again when another commit is checked out, and when other files hold such objects. Typing in them
 * asks nothing.
 */
export class CommittedFilesJob {
  private asked = "";
  private cancelTimer: (() => void) | undefined;
  private asking = new AbortController();

  constructor(private readonly options: CommittedFilesJobOptions) {}

  /** The workspace changed. */
  changed(): void {
    this.cancelTimer ??= this.options.clock.after(pause, () => {
      this.cancelTimer = undefined;
      void this.update();
    });
  }

  /** Asks no more, and forgets what was said. */
  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.asking.abort();
    this.asked = "";
    const { store, answered } = this.options;
    if (store.current.of(committedFiles).size === 0) return;
    store.put(committedFiles, committedFiles.nothing);
    answered();
  }

  private async update(): Promise<void> {
    const { kinds, reader, store, answered } = this.options;
    const snapshot = this.options.snapshot();
    if (!snapshot.complete) return;
    const wanted = findWantedFiles(snapshot, kinds);
    const question = describe(wanted);
    if (question === this.asked) return;
    this.asked = question;
    this.asking.abort();
    const asking = new AbortController();
    this.asking = asking;
    const files = await readCommittedFiles(wanted, { snapshot, reader, signal: asking.signal });
    if (asking.signal.aborted) return;
    const before = store.current.of(committedFiles);
    store.put(committedFiles, files.size === 0 ? committedFiles.nothing : files);
    if (store.current.of(committedFiles) !== before) answered();
  }
}

function describe(wanted: WantedFiles): string {
  return wanted.size === 0 ? "" : JSON.stringify([...wanted].map(([{ root, head }, paths]) => [root, head, paths]));
}
