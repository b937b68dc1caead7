/** Time, as a port, so that tests need no sleeping and a browser no Node. */
export interface Clock {
  /** Milliseconds from some fixed moment; only differences mean something. */
  now(): number;
  /** Calls `task` after `milliseconds`; the result cancels it. */
  after(milliseconds: number, task: () => void): () => void;
  /** Resolves after everything that waits (input, timers) had its turn: lets long work be interrupted. */
  yield(): Promise<void>;
}
