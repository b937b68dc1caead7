import pMap from "p-map";
import { ApiError, type FailureKind } from "./apiError";

/** What came of one of many questions: the answer, or why there is none. */
export type Outcome<R> =
  | { readonly answer: R; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: ApiError /** Nobody tried it. */; readonly isSkipped: boolean };

/** How many questions are asked at a time. */
const atATime = 6;

/** As many without an answer in a row, and the cluster is taken to be out of reach: each may have taken its whole time. */
const mostSilent = 6;

const silentKinds: readonly FailureKind[] = ["timeout", "unreachable"];

/** Every other call would fail in the same way, and may ask the person to sign in each time. */
const endingKinds: readonly FailureKind[] = ["signIn", "certificate"];

/**
 * Questions to one cluster about many things. One that fails, or hangs until its time is over, is none of the others' trouble; but a cluster that
 * does not answer several in a row is asked no more, and the rest fail for that reason.
 */
export class ManyQuestions {
  #silent = 0;
  #isAnswered = false;
  #end: ApiError | undefined;

  /**
   * Asks about all items, a few at a time, and gives the outcomes in their order. Throws when nothing was answered so far, since then the cluster
   * cannot be asked at all, and when it is cancelled.
   */
  async ask<T, R>(items: readonly T[], question: (item: T) => Promise<R>): Promise<readonly Outcome<R>[]> {
    const outcomes = await pMap(items, (item) => this.askOne(() => question(item)), { concurrency: atATime });
    const failure = outcomes.find((each) => each.failure !== undefined)?.failure;
    if (failure !== undefined && !this.#isAnswered) throw failure;
    return outcomes;
  }

  /** Asks one thing more; how many at a time is the caller's to say. Throws when it is cancelled. */
  async askOne<R>(question: () => Promise<R>): Promise<Outcome<R>> {
    if (this.#end !== undefined) return { failure: this.#end, isSkipped: true };
    try {
      const answer = await question();
      this.#hear();
      return { answer };
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind === "cancelled") throw error;
      if (endingKinds.includes(error.kind)) this.#end ??= error;
      else if (!silentKinds.includes(error.kind)) this.#hear();
      else if (++this.#silent >= mostSilent) this.#end ??= error;
      return { failure: error, isSkipped: false };
    }
  }

  #hear(): void {
    this.#isAnswered = true;
    this.#silent = 0;
  }
}

/** Why there is no answer, as a sentence; `deed` is what was to be done. */
export function describeNoAnswer(
  { failure, isSkipped }: { readonly failure: ApiError; readonly isSkipped: boolean },
  deed: "read" | "tried" | "asked" = "read",
): string {
  if (isSkipped) return `Not asked any more: ${failure.message}`;
  return failure.kind === "timeout" ? `Timed out: ${failure.message}` : `It could not be ${deed}: ${failure.message}`;
}
