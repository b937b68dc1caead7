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

/** How long a server is left alone between the first lists, all of which work, while each of its streams ends after `lasting` milliseconds. */
async function pausesBetween(lists: number, lasting: number, failure?: ApiError): Promise<readonly number[]> {
  const stop = new AbortController();
  const pauses: number[] = [];
  let [asked, now] = [0, 0];
  const server = {
    get: async () => {
      if (++asked === lists) stop.abort();
      return { metadata: { resourceVersion: "1" } };
    },
    stream: async () => {
      now += lasting;
      if (failure !== undefined) throw failure;
    },
  } as unknown as ArgocdServer;
  const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    // What else waits for a while beside a stream is not over before it.
    if (milliseconds === 3000) await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
    else if (milliseconds >= 500 && !signal.aborted) pauses.push(milliseconds);
  };
  const clock = { now: () => now, random: () => 0.5, sleep };
  watchServerApplications(server, { clock, signal: stop.signal, changed: () => {} });
  await new Promise((done) => void setImmediate(done));
  return pauses;
}

test("a server of which no stream gets through is not asked for everything over and over", async () => {
  expect(await pausesBetween(5, 0)).toEqual([1000, 2000, 4000, 8000]);
  const refused = new ApiError("busy", "The proxy does not let it through.");
  expect(await pausesBetween(5, 10, refused)).toEqual([1000, 2000, 4000, 8000]);
  expect(await pausesBetween(5, 60_000)).toEqual([]);
});
