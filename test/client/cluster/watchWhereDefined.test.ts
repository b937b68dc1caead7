import { expect, onTestFinished, test } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import { applications } from "../../../client/src/cluster/argocd/application";
import type { ApiRequest, Connection } from "../../../client/src/cluster/connection";
import type { WatchedWhereAllowed } from "../../../client/src/cluster/watchWhereAllowed";
import { watchWhereDefined } from "../../../client/src/cluster/watchWhereDefined";

const notFound = new ApiError("notFound", "There is no such kind.");
const forbidden = new ApiError("forbidden", "User ada cannot list definitions.");
const definition = { metadata: { name: "applications.argoproj.io", resourceVersion: "7" } };
const book = { metadata: { name: "book", namespace: "argocd", resourceVersion: "8" } };

/** What a cluster answers: the items of a list, or why not. */
interface Story {
  readonly applications: () => ApiError | readonly object[];
  readonly definitions: () => ApiError | readonly object[];
}

interface Seen {
  /** How often Applications were listed. */
  lists: number;
  last?: WatchedWhereAllowed;
  readonly pauses: number[];
  /** Tells an event to the watch of the definition, or of the Applications. */
  tell(what: "applications" | "customresourcedefinitions", type: string, object: object): void;
}

/** Follows the Applications of a cluster. Time does not pass: pauses are noted. */
function follow(story: Story): Seen {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const watches = new Map<string, (line: string) => void>();
  const seen: Seen = {
    ...{ lists: 0, pauses: [] },
    tell: (what, type, object) => watches.get(what)?.(JSON.stringify({ type, object })),
  };
  const kindOf = ({ path }: ApiRequest): string => path.slice(path.lastIndexOf("/") + 1);
  const connection = {
    get: async (request: ApiRequest) => {
      const isDefinition = kindOf(request) !== "applications";
      if (!isDefinition) seen.lists++;
      const items = isDefinition ? story.definitions() : story.applications();
      if (items instanceof ApiError) throw items;
      return { metadata: { resourceVersion: "1" }, items };
    },
    stream: (request: ApiRequest, onLine: (line: string) => void) => {
      watches.set(kindOf(request), onLine);
      request.onBegin?.();
      return new Promise((_, fail) => {
        request.signal?.addEventListener("abort", () => {
          watches.delete(kindOf(request));
          fail(new ApiError("cancelled", "cancelled"));
        });
      });
    },
  } as unknown as Connection;
  watchWhereDefined({
    ...{ connection, namespaces: [], type: applications, signal: stop.signal },
    changed: (watched) => {
      seen.last = watched;
    },
    clock: {
      ...{ now: () => 0, random: () => 0.5 },
      sleep: async (milliseconds, { aborted }) => void (aborted || seen.pauses.push(milliseconds)),
    },
  });
  return seen;
}

/** The pauses that are no collecting of changes. */
function pausesOf({ pauses }: Seen): readonly number[] {
  return pauses.filter((pause) => pause >= 500);
}

test("a kind that is defined later is there by itself, and nothing is asked over and over until then", async () => {
  let items: ApiError | readonly object[] = notFound;
  const seen = follow({ applications: () => items, definitions: () => [] });
  await expect.poll(() => seen.last?.state).toMatchObject({ kind: "notFound", details: { isAwaited: true } });
  expect(seen.lists).toBe(1);
  items = [book];
  seen.tell("customresourcedefinitions", "ADDED", definition);
  await expect.poll(() => seen.last?.state).toBe("live");
  expect([...(seen.last?.objects.keys() ?? [])]).toEqual(["argocd/book"]);
  expect([seen.lists, pausesOf(seen)]).toEqual([2, [1000]]);
});

test("a kind that goes away takes its objects along, and may come again", async () => {
  let items: ApiError | readonly object[] = [book];
  const seen = follow({ applications: () => items, definitions: () => [] });
  await expect.poll(() => seen.last?.objects.size).toBe(1);
  items = notFound;
  seen.tell("applications", "ERROR", { code: 410, message: "too old" });
  await expect.poll(() => seen.last?.state).toMatchObject({ kind: "notFound", details: { isAwaited: true } });
  expect(seen.last?.objects.size).toBe(0);
  items = [book];
  seen.tell("customresourcedefinitions", "ADDED", definition);
  await expect.poll(() => seen.last?.objects.size).toBe(1);
});

test("who may not see definitions is told that the kind is not there, and asked for nothing more", async () => {
  const seen = follow({ applications: () => notFound, definitions: () => forbidden });
  await expect.poll(() => seen.last?.state).toBe(notFound);
  expect([seen.lists, pausesOf(seen)]).toEqual([1, []]);
});

test("a kind that is defined and not served is tried some times, and again once its definition changes", async () => {
  const seen = follow({ applications: () => notFound, definitions: () => [definition] });
  await expect.poll(() => seen.last?.state).toMatchObject({ kind: "notFound" });
  expect([seen.lists, pausesOf(seen)]).toEqual([5, [1000, 2000, 4000, 8000]]);
  seen.tell("customresourcedefinitions", "MODIFIED", { metadata: { ...definition.metadata, resourceVersion: "9" } });
  await expect.poll(() => seen.lists).toBeGreaterThan(5);
});
