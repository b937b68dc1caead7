import { beforeEach, expect, test } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import type { ApiRequest, Connection } from "../../../client/src/cluster/connection";
import { SharedWatches, type Wanted } from "../../../client/src/cluster/sharedWatches";

const pods: Wanted = {
  type: { group: "", version: "v1", plural: "pods", namespaced: true },
  namespace: "book",
};

let asked: ApiRequest[];
let running: number;
let watches: SharedWatches;

/** Lists one Pod, and then watches until it is told to stop. */
function connection(failure?: ApiError): Connection {
  return {
    get: async (request: ApiRequest) => {
      asked.push(request);
      if (failure !== undefined) throw failure;
      return { metadata: { resourceVersion: "1" }, items: [{ metadata: { name: "web", namespace: "book" } }] };
    },
    stream: ({ signal }: ApiRequest) => {
      running++;
      return new Promise((_, fail) => {
        signal?.addEventListener("abort", () => {
          running--;
          fail(new ApiError("cancelled", "cancelled"));
        });
      });
    },
  } as unknown as Connection;
}

beforeEach(() => {
  asked = [];
  running = 0;
  // Time does not pass here: what waits goes on at once.
  watches = new SharedWatches({ now: () => 0, random: () => 0, sleep: async () => {} });
});

test("two who want the same share one watch, which ends with the last of them", async () => {
  const cluster = connection();
  const first = watches.follow(cluster, pods, () => {});
  const second = await new Promise<ReturnType<SharedWatches["follow"]>>((known) => {
    const followed = watches.follow(cluster, pods, () => followed.current.state === "live" && known(followed));
  });
  expect([...first.current.objects.keys()]).toEqual(["book/web"]);
  expect(second.current).toBe(first.current);
  expect([asked.length, running]).toEqual([1, 1]);
  first.stop();
  first.stop();
  expect(running).toBe(1);
  second.stop();
  expect(running).toBe(0);
});

test("what is wanted of another namespace, object or cluster is another watch", async () => {
  const cluster = connection();
  watches.follow(cluster, pods, () => {});
  watches.follow(cluster, { ...pods, namespace: "shop" }, () => {});
  watches.follow(cluster, { ...pods, fieldSelector: "metadata.name=web" }, () => {});
  await new Promise<void>((known) => void watches.follow(connection(), pods, known));
  expect(asked).toHaveLength(4);
  watches.dispose();
  expect(running).toBe(0);
});

test("one that ended because a right is missing is tried again by who looks next", async () => {
  const cluster = connection(new ApiError("forbidden", "pods is forbidden"));
  await new Promise<void>((known) => void watches.follow(cluster, pods, known));
  expect(asked).toHaveLength(1);
  await new Promise<void>((known) => void watches.follow(cluster, pods, known));
  expect(asked).toHaveLength(2);
});
