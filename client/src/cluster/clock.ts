/** Time, as a port: so that back-off can be tested without waiting for it. */
export interface Clock {
  readonly now: () => number;
  /** Resolves after `milliseconds`, or at once when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 up to 1, to spread what many would do at the same time. */
  readonly random: () => number;
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((finish) => {
      if (signal.aborted) {
        finish();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        finish();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener("abort", done, { once: true });
    }),
};
