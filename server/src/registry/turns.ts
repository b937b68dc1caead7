import { cancelledError } from "./retry";

/** Lets so many tasks run at a time; the others wait in line. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Runs a task when its turn comes. Rejects with `cancelled` when the signal says so before that. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    await this.enter(signal);
    try {
      return await task();
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private enter(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(cancelledError());
    if (this.running < this.most) {
      this.running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener("abort", leave);
        this.running++;
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(cancelledError());
      };
      this.waiting.push(begin);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }
}
