import { cancelledError } from "./retry";

interface Work<T> {
  readonly promise: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** Lets those who want the same at the same time wait for one piece of work, which ends when none of them waits any more. */
export class SharedWork<T> {
  private readonly underWay = new Map<string, Work<T>>();

  /** Joins the work under a key, or starts it. Rejects with `cancelled` when the caller's signal says so. */
  run(key: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted === true) return Promise.reject(cancelledError());
    const work = this.underWay.get(key) ?? this.begin(key, start);
    work.waiting++;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (--work.waiting === 0) {
          this.end(key, work);
          work.stop.abort();
        }
        reject(cancelledError());
      };
      signal?.addEventListener("abort", leave, { once: true });
      const done = (): void => signal?.removeEventListener("abort", leave);
      work.promise.then(resolve, reject).then(done);
    });
  }

  private begin(key: string, start: (signal: AbortSignal) => Promise<T>): Work<T> {
    const stop = new AbortController();
    const work: Work<T> = { promise: start(stop.signal), stop, waiting: 0 };
    this.underWay.set(key, work);
    const end = (): void => this.end(key, work);
    work.promise.then(end, end);
    return work;
  }

  private end(key: string, work: Work<T>): void {
    if (this.underWay.get(key) === work) this.underWay.delete(key);
  }
}
