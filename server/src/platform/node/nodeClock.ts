import type { Clock } from "../clock";

/** The machine's clock. */
export const nodeClock: Clock = {
  // `performance` would load modules of Node that a short run needs for nothing else.
  now: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
  yield: () => new Promise((resolve) => setImmediate(resolve)),
};
