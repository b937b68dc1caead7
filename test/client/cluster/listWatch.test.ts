import { expect, test } from "vitest";
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
