/** Says whether the answer that is being computed is still wanted. */
export interface Cancellation {
  readonly cancelled: boolean;
}

/** Never cancelled. */
export const notCancelled: Cancellation = { cancelled: false };

/** Thrown by `checkCancelled`; caught where requests are answered. */
export class CancelledError extends Error {
  constructor() {
    super("cancelled");
    this.name = "CancelledError";
  }
}

/** Call this between steps of long work. Throws `CancelledError` when the answer is no longer wanted. */
export function checkCancelled(cancellation: Cancellation): void {
  if (cancellation.cancelled) throw new CancelledError();
}
