import type { GitFailure, Outcome } from "../../server/src/git/gitFailure";

/** What a step of git gave. Throws when it failed. */
export function get<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

/** Why a step of git failed. Throws when it did not. */
export function failureOf(outcome: Outcome<unknown>): GitFailure {
  if (outcome.ok) throw new Error(`It worked: ${JSON.stringify(outcome.value)}`);
  return outcome.failure;
}
