import type { CommittedReader } from "../git/committedReader";
import type { Clock } from "../platform/clock";
import type { ObservationStore, Topic } from "./observations";

/** What to ask git: some files of a commit that a cluster speaks of. */
export interface WantedTexts {
  /** The work tree. */
  readonly root: string;
  /** The id of the commit. */
  readonly revision: string;
  readonly paths: readonly string[];
}

/** The texts of files by path, as a commit has them; `undefined` for what it lacks. */
export type DeployedTexts = ReadonlyMap<string, string | undefined>;

/** What clusters speak of: the texts by `deployedKey`. Commits that nobody fetched are not among them. */
export const deployedTexts: Topic<ReadonlyMap<string, DeployedTexts>> = { name: "deployed texts", nothing: new Map() };

/** How the commits of all repositories are told apart. */
export function deployedKey({ root, revision }: Pick<WantedTexts, "root" | "revision">): string {
  return `${revision} ${root}`;
}

export interface DeployedTextsJobOptions {
  readonly wanted: () => readonly WantedTexts[];
  readonly store: ObservationStore;
  readonly reader: CommittedReader;
  readonly clock: Clock;
  /** Called after each new answer. */
  readonly answered: () => void;
}

/** How long to wait after a change before git is asked, in milliseconds. */
const pause = 300;

/** Asks git for the files that clusters complain of; nothing is asked as long as they complain of nothing. */
export class DeployedTextsJob {
  private asked = "[]";
  private cancelTimer: (() => void) | undefined;
  private asking = new AbortController();

  constructor(private readonly options: DeployedTextsJobOptions) {}

  /** Something that `wanted` depends on changed. */
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
    this.asked = "[]";
    this.put(deployedTexts.nothing);
  }

  private async update(): Promise<void> {
    const wanted = this.options.wanted();
    const question = JSON.stringify(wanted);
    if (question === this.asked) return;
    this.asked = question;
    this.asking.abort();
    const asking = new AbortController();
    this.asking = asking;
    const answers = new Map<string, DeployedTexts>();
    for (const each of wanted) {
      const texts = await this.read(each, asking.signal);
      if (asking.signal.aborted) return;
      if (texts !== undefined) answers.set(deployedKey(each), texts);
    }
    this.put(answers);
  }

  private async read({ root, revision, paths }: WantedTexts, signal: AbortSignal): Promise<DeployedTexts | undefined> {
    const { reader } = this.options;
    const listed = await reader.list(root, revision, signal);
    // A commit that is not here has no files.
    if (!listed.ok || listed.value.length === 0) return undefined;
    const texts = await reader.texts(root, revision, paths, signal);
    return texts.ok ? texts.value : undefined;
  }

  private put(answers: ReadonlyMap<string, DeployedTexts>): void {
    const { store, answered } = this.options;
    const isSame = answers.size === 0 && store.current.of(deployedTexts).size === 0;
    if (isSame) return;
    store.put(deployedTexts, answers);
    answered();
  }
}
