import { expect, test } from "vitest";
import { ApiError, type FailureKind } from "../../../../client/src/cluster/apiError";
import type { ArgocdServer } from "../../../../client/src/cluster/argocd/argocdServer";
import { watchServerApplications } from "../../../../client/src/cluster/argocd/watchServerApplications";

/** How often a server is asked for its Applications that fails so the first time, before it is left alone. */
async function listsAfter(kind: FailureKind): Promise<number> {
  let lists = 0;
  const stop = new AbortController();
  const server = {
    get: async () => {
      if (++lists === 2) stop.abort();
      throw new ApiError(kind, "It failed.");
    },
  } as unknown as ArgocdServer;
  const clock = { now: () => 0, random: () => 0, sleep: async () => {} };
  watchServerApplications(server, { clock, signal: stop.signal, changed: () => {} });
  // Nothing in it waits for anything outside.
  await new Promise((done) => void setImmediate(done));
  return lists;
}

test.each([
  ["certificate", 2],
  ["unreachable", 2],
  ["signIn", 1],
  ["forbidden", 1],
] as const)("after a failure '%s' Applications are asked for %i times", async (kind, lists) => {
  expect(await listsAfter(kind)).toBe(lists);
});
