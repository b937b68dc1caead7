import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { SchemaPush } from "../../../../client/src/features/observations/schemaPush";
import { diskCache } from "../../../../client/src/platform/diskCache";
import type { ClusterObservation } from "../../../../server/src/protocol/observe";
import { temporaryFolder } from "../../../support/temporaryFolder";

const gauge = { "x-kubernetes-group-version-kind": [{ group: "example.com", version: "v1", kind: "Gauge" }] };
const list = {
  "x-kubernetes-action": "list",
  "x-kubernetes-group-version-kind": { ...gauge["x-kubernetes-group-version-kind"][0] },
};
const document = {
  paths: { "/apis/example.com/v1/gauges": { get: list } },
  components: { schemas: { Gauge: { type: "object", ...gauge } } },
};

/** A context that is open; `answers` says what its cluster answers to each path, or throws. */
function setUp(answers: (path: string) => unknown, more: { readonly folder?: string; readonly isServer?: true } = {}) {
  const folder = more.folder ?? temporaryFolder({});
  const asked: string[] = [];
  const sent: ClusterObservation[] = [];
  const warnings: string[] = [];
  const get = async (request: { readonly path: string }): Promise<unknown> => {
    asked.push(request.path);
    return answers(request.path);
  };
  const cluster = {
    context: { name: "test", server: "https://example.com" },
    ...{ connection: { get }, state: "live", ...(more.isServer && { isServer: true }) },
  };
  const open = cluster as unknown as OpenCluster;
  const push = new SchemaPush({
    clusters: { all: [open], find: () => open },
    clock: { now: () => 0 },
    store: diskCache(folder, 1_000_000),
    wanted: async () => ["example.com/v1"],
    send: (news) => sent.push(news),
    warn: (message) => warnings.push(message),
  });
  const look = async (): Promise<void> => {
    push.look();
    await push.settled();
  };
  push.start();
  return { push, cluster, folder, asked, sent, warnings, look };
}

function answer(path: string): unknown {
  if (path !== "/openapi/v3") return document;
  return { paths: { "apis/example.com/v1": { serverRelativeURL: "/openapi/v3/apis/example.com/v1?hash=1" } } };
}

test("an Argo CD server, which has no schemas, is asked for none, and nothing is written to the log", async () => {
  const { push, asked, warnings, look } = setUp(answer, { isServer: true });
  await push.settled();
  await look();
  expect([asked, warnings]).toEqual([[], []]);
});

test("a cluster that fails is asked again, and the log says it once", async () => {
  let isDown = true;
  const { sent, warnings, look } = setUp((path) => {
    if (isDown) throw new ApiError("timeout", "example.com does not answer.");
    return answer(path);
  });
  await look();
  await look();
  expect(warnings).toEqual(["The context test does not tell its schemas: example.com does not answer."]);
  isDown = false;
  await look();
  expect(sent.map(({ schemas }) => schemas?.[0]?.kinds[0]?.kind)).toEqual(["Gauge"]);
});

test("a cluster that comes back is asked what it has now", async () => {
  const { push, cluster, asked, look } = setUp(answer);
  await look();
  expect(asked).toEqual(["/openapi/v3", "/openapi/v3/apis/example.com/v1?hash=1"]);
  const change = { name: "test", cluster: true, applications: new Set<string>() };
  cluster.state = "listing";
  push.changed(change);
  cluster.state = "live";
  push.changed(change);
  await push.settled();
  expect(asked.slice(2)).toEqual(["/openapi/v3"]);
});

test("what was kept and is damaged is fetched again, and mends itself", async () => {
  const folder = temporaryFolder({});
  await setUp(answer, { folder }).push.settled();
  const files = readdirSync(folder);
  expect(files).toHaveLength(2);
  for (const damage of [
    "",
    '{"apiVersion":"example.com/v1","kinds":[null],"definitions":{}}',
    '[["example.com/v1","1"]]',
  ]) {
    for (const name of files) writeFileSync(join(folder, name), damage);
    const { push, asked, sent, warnings } = setUp(answer, { folder });
    await push.settled();
    expect(asked).toHaveLength(2);
    expect(sent.map(({ schemas }) => schemas?.[0]?.kinds[0]?.kind)).toEqual(["Gauge"]);
    expect(warnings).toEqual([]);
  }
  const { push, asked } = setUp(answer, { folder });
  await push.settled();
  expect(asked).toEqual(["/openapi/v3"]);
});

test("two windows that write at once leave something whole", async () => {
  const folder = temporaryFolder({});
  const windows = Array.from({ length: 8 }, () => setUp(answer, { folder }));
  await Promise.all(windows.map(({ push }) => push.settled()));
  expect(readdirSync(folder)).toHaveLength(2);
  const { push, asked, sent } = setUp(answer, { folder });
  await push.settled();
  expect(asked).toEqual(["/openapi/v3"]);
  expect(sent).toHaveLength(1);
});
