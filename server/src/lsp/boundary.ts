import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { type Cancellation, CancelledError } from "../platform/cancellation";
import type { Log } from "../platform/log";

/** A request's cancellation in our terms. */
export function toCancellation(token: CancellationToken): Cancellation {
  return {
    get cancelled() {
      return token.isCancellationRequested;
    },
  };
}

/** The same as a signal, for waits on the network. */
export function toSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/**
 * The one error boundary of requests: what throws is logged and answered with `empty`, what was cancelled is answered as the
 * protocol wants it. The server never dies of a handler.
 */
export async function answer<T>(
  name: string,
  log: Log,
  empty: T,
  handle: () => T | Promise<T>,
): Promise<T | ResponseError<void>> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    log.error(`${name} failed`, error);
    return empty;
  }
}

/** The same for work that nobody waits for. */
export function attempt(name: string, log: Log, work: () => void | Promise<void>): void {
  const failed = (error: unknown): void => {
    if (!(error instanceof CancelledError)) log.error(`${name} failed`, error);
  };
  try {
    work()?.catch(failed);
  } catch (error) {
    failed(error);
  }
}
