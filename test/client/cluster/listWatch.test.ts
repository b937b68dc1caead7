import { expect, test } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import { applications } from "../../../client/src/cluster/argocd/application";
import type { ApiRequest, Connection } from "../../../client/src/cluster/connection";
import type { KubeObject } from "../../../client/src/cluster/kubeObject";
import { listWatch, type WatchedObjects } from "../../../client/src/cluster/listWatch";

const book = (resourceVersion: string): KubeObject => ({
  metadata: { name: "book", namespace: "argocd", resourceVersion },
  spec: { project: "shop" },
});

/** Follows what a server tells that forgets everything at once: the pauses until it was asked `lists` times, and what was told. */
async function follow(lists: number): Promise<{ readonly pauses: readonly number[]; readonly told: WatchedObjects[] }> {
  const stop = new AbortController();
  const pauses: number[] = [];
  const told: WatchedObjects[] = [];
  let asked = 0;
  const connection = {
    get: async ({ onItem }: ApiRequest) => {
      if (++asked === lists) stop.abort();
      onItem?.(book("1"));
      return { metadata: { resourceVersion: String(asked) }, items: [] };
    },
    stream: async (_: ApiRequest, onLine: (line: string) => void) => {
      onLine(JSON.stringify({ type: "ERROR", object: { code: 410, message: "too old" } }));
    },
  } as unknown as Connection;
  await listWatch({
    ...{ connection, type: applications, signal: stop.signal, changed: (watched) => told.push(watched) },
    clock: {
      ...{ now: () => 0, random: () => 0 },
      sleep: async (milliseconds) => void pauses.push(milliseconds),
    },
  });
  return { pauses, told };
}

test("a server that forgets at once is not asked for everything all the time", async () => {
  const { pauses } = await follow(4);
  expect(pauses.filter((pause) => pause >= 1000)).toHaveLength(3);
});

test("what a new list tells as before is the same object, so that nobody looks at it again", async () => {
  const { told } = await follow(4);
  const objects = new Set(told.map((watched) => watched.objects.get("argocd/book")));
  expect(objects.size).toBe(1);
});

/** What a server does with the watches of somebody, one after the other; the last one ends the test. */
type Watches = readonly (ApiError | readonly object[])[];

interface Story {
  readonly pauses: readonly number[];
  readonly told: readonly WatchedObjects[];
  /** The version from which each watch was asked for. */
  readonly places: readonly unknown[];
}

/** Follows what a server tells: a list that works, then each of `watches`, which fails or tells events and ends. */
async function followWatches(watches: Watches): Promise<Story> {
  const stop = new AbortController();
  const pauses: number[] = [];
  const told: WatchedObjects[] = [];
  const places: unknown[] = [];
  const left = [...watches];
  const connection = {
    get: async () => ({ metadata: { resourceVersion: "1" }, items: [] }),
    stream: async ({ query, onBegin }: ApiRequest, onLine: (line: string) => void) => {
      places.push(query?.["resourceVersion"]);
      const next = left.shift();
      if (left.length === 0) stop.abort();
      if (next instanceof ApiError) throw next;
      onBegin?.();
      for (const event of next ?? []) onLine(JSON.stringify(event));
    },
  } as unknown as Connection;
  await listWatch({
    ...{ connection, type: applications, signal: stop.signal, changed: (watched) => void told.push(watched) },
    clock: {
      ...{ now: () => 0, random: () => 0.5 },
      sleep: async (milliseconds) => void pauses.push(milliseconds),
    },
  });
  return { pauses: pauses.filter((pause) => pause >= 500), told, places };
}

const unreachable = new ApiError("unreachable", "Nothing listens there.");
const forbidden = new ApiError("forbidden", "User ada cannot watch applications.");

test("a server that went away under a watch is asked again with growing pauses, and nothing is called live meanwhile", async () => {
  const { pauses, told } = await followWatches(new Array<ApiError>(6).fill(unreachable));
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000]);
  const states = told.map(({ state }) => state);
  expect(states.slice(states.indexOf(unreachable))).not.toContain("live");
});

test("a server that asks to come back later is obeyed within reason: neither at once nor never", async () => {
  const busy = (retryAfter: number) => new ApiError("busy", "Too many requests.", { retryAfter });
  expect((await followWatches([busy(5000), busy(5000), unreachable])).pauses).toEqual([5000, 5000]);
  expect((await followWatches([busy(0), busy(0), unreachable])).pauses).toEqual([1000, 2000]);
  expect((await followWatches([busy(3_000_000_000), unreachable])).pauses).toEqual([600_000]);
});

test("a server that starts and knows no rights yet is not believed, one that goes on saying so is", async () => {
  const started = await followWatches([unreachable, forbidden, forbidden, [], unreachable, []]);
  expect(started.places).toHaveLength(6);
  expect(started.told.map(({ state }) => state)).not.toContain(forbidden);
  const taken = await followWatches([[], ...new Array<ApiError>(9).fill(forbidden)]);
  expect(taken.places).toHaveLength(5);
  expect(taken.told.at(-1)?.state).toBe(forbidden);
});

test("objects are gone with their kind once that is believed, and stay for whoever may not see them any more", async () => {
  const added = [{ type: "ADDED", object: book("7") }];
  const notFound = new ApiError("notFound", "There is no such kind.");
  const told = async (failure: ApiError) => (await followWatches([added, ...new Array(9).fill(failure)])).told;
  const gone = await told(notFound);
  expect(gone.filter(({ objects }) => objects.size === 1).map(({ state }) => state)).not.toContain(notFound);
  expect(gone.at(-1)).toMatchObject({ state: notFound, objects: new Map() });
  expect((await told(forbidden)).at(-1)?.objects.size).toBe(1);
});

test("a bookmark is where the next watch begins, and no object", async () => {
  const bookmark = { type: "BOOKMARK", object: { metadata: { resourceVersion: "70" } } };
  const { places, told } = await followWatches([[bookmark], unreachable, []]);
  expect(places).toEqual(["1", "70", "70"]);
  expect(told.every(({ objects }) => objects.size === 0)).toBe(true);
});
