/** The key in the status of an object under which stands how it is, when someone else looked at it whole: an `ObjectState`. */
export const judgedElsewhere = "gitopsAuthor.judged";

/** How an object is. */
export interface ObjectState {
  /** In the words of Argo CD: `Healthy`, `Progressing`, `Degraded` or `Suspended`; empty for what has no health. */
  readonly health: string;
  /** For a row, the most important first: `CrashLoopBackOff`, `0 of 1 ready`. */
  readonly words: readonly string[];
  /** Sentences on why it is not as it should be. */
  readonly why?: readonly string[] | undefined;
}
