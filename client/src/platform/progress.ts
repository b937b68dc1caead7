import { CancellationError, type CancellationToken, ProgressLocation, window } from "vscode";
import { plainMessage } from "./plainMessage";

/** Shows the progress bar of a view while `work` runs. What `work` throws goes to the caller. */
export async function withViewProgress<T>(viewId: string, work: () => Promise<T>): Promise<T> {
  return window.withProgress({ location: { viewId } }, work);
}

/** Shows `title` with a way to cancel while `work` runs, which gets a signal that is aborted then. What `work` throws goes to the caller. */
export async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: ProgressLocation.Notification, title: plainMessage(title), cancellable: true };
  return window.withProgress(options, async (_, token) => {
    try {
      return await work(signalOf(token));
    } catch (error) {
      // Who cancels knows it, and needs no message.
      throw token.isCancellationRequested ? new CancellationError() : error;
    }
  });
}

/** What `work` gives, or the reason of the signal as soon as that is aborted: for what cannot be cancelled itself, and changes nothing. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((finish, fail) => {
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
    work.then(finish, fail);
  });
}

/** Aborted when a token is cancelled. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort(new CancellationError());
  token.onCancellationRequested(() => controller.abort(new CancellationError()));
  return controller.signal;
}
