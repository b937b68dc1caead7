import type { Clock } from "../platform/clock";
import { type HttpAnswer, HttpError } from "../platform/http";
import { RegistryError } from "./registry";

/** How many milliseconds one question may wait before it is asked again. */
export const mostPatience = 10_000;

/** Waits before the second and the third try, in milliseconds. */
const backOff: readonly number[] = [250, 1000];

/** Answers after which the same question may well be answered: too many requests, and what servers and gateways say of their own trouble. */
function isPassing(status: number): boolean {
  return [429, 500, 502, 503, 504].includes(status);
}

/**
 * Asks again what may be answered the next time: after a passing trouble of the server or a broken connection, at most twice, and when the server says
 * when, then. All questions of ours may be repeated: they only read, or say what shall be there.
 *
 * @returns the last answer, whatever its status; also when the server wants more patience than there is
 */
export async function askPatiently(
  ask: () => Promise<HttpAnswer>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<HttpAnswer> {
  let patience = mostPatience;
  for (const pause of backOff) {
    const answer = await ask().catch((error: unknown) => {
      if (error instanceof HttpError && error.problem === "cutOff") return undefined;
      throw error;
    });
    if (answer !== undefined && !isPassing(answer.status)) return answer;
    const wanted = answer === undefined ? undefined : readRetryAfter(answer);
    const milliseconds = wanted === undefined ? pause : wanted * 1000;
    if (answer !== undefined && milliseconds > patience) return answer;
    patience -= milliseconds;
    await wait(clock, milliseconds, signal);
  }
  return ask();
}

/**
 * How many seconds the answer wants us to wait (RFC 9110, `Retry-After`: seconds or a date). A date is held against the answer's own `Date`, so that
 * the clocks of both machines need not agree.
 */
export function readRetryAfter({ headers }: HttpAnswer): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  const until = Date.parse(text);
  const now = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((until - now) / 1000));
}

/** Resolves after so many milliseconds; rejects with `cancelled` when the signal says so first. */
export function wait(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(cancelledError());
    const cancel = (): void => {
      stop();
      reject(cancelledError());
    };
    const stop = clock.after(milliseconds, () => {
      signal?.removeEventListener("abort", cancel);
      resolve();
    });
    signal?.addEventListener("abort", cancel, { once: true });
  });
}

/** What a question ends with that nobody wants answered any more. */
export function cancelledError(): RegistryError {
  return new RegistryError("cancelled", "It was cancelled.");
}
