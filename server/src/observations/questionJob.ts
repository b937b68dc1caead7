import type { Clock } from "../platform/clock";
import type { ObservationStore, Topic } from "./observations";

export interface QuestionJobOptions<Wanted, Key, Value> {
  /** Where the answers are kept. */
  readonly topic: Topic<ReadonlyMap<Key, Value>>;
  readonly store: ObservationStore;
  /** What to ask now; `undefined` when nobody can say so far. */
  readonly wanted: () => Wanted | undefined;
  /** The question as a text, by which the same one is known; empty when there is nothing to ask. */
  readonly describe: (wanted: Wanted) => string;
  /** Asks. Never rejects; what it gives after the signal was aborted is thrown away. */
  readonly ask: (wanted: Wanted, signal: AbortSignal) => Promise<ReadonlyMap<Key, Value>>;
  readonly clock: Clock;
  /** Called after each new answer. */
  readonly answered: () => void;
}

/** How long to wait after a change before something is asked, in milliseconds: a checkout changes many files. */
const pause = 300;

/** Keeps the answer to a question current: asks when the question has become another one, and calls off the one before. */
export class QuestionJob<Wanted, Key, Value> {
  private asked = "";
  private cancelTimer: (() => void) | undefined;
  private asking = new AbortController();

  constructor(private readonly options: QuestionJobOptions<Wanted, Key, Value>) {}

  /** Something that the question depends on changed. */
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
    this.put(this.options.topic.nothing);
  }

  private async update(): Promise<void> {
    const wanted = this.options.wanted();
    if (wanted === undefined) return;
    const question = this.options.describe(wanted);
    if (question === this.asked) return;
    this.asked = question;
    this.asking.abort();
    const asking = new AbortController();
    this.asking = asking;
    const answers = await this.options.ask(wanted, asking.signal);
    if (!asking.signal.aborted) this.put(answers);
  }

  private put(answers: ReadonlyMap<Key, Value>): void {
    const { store, topic, answered } = this.options;
    if (answers.size === 0 && store.current.of(topic).size === 0) return;
    store.put(topic, answers.size === 0 ? topic.nothing : answers);
    answered();
  }
}
