import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { describeTime } from "../../../../client/src/cluster/describeTime";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { ApplicationModel } from "../../../../client/src/features/applications/applicationModel";
import type {
  ApplicationRow,
  BelowRow,
  ClusterRow,
} from "../../../../client/src/features/applications/applicationNodes";
import { BelowApplication } from "../../../../client/src/features/applications/belowApplication";
import { clusterWords, rowWords } from "../../../../client/src/features/applications/rowWords";
import { windowWords } from "../../../../client/src/features/applications/windowWords";

const time = "2026-01-01T00:00:00Z";
const when = describeTime(time);

/** What is below an Application, a line each: what it looks like, and what a screen reader says of it. */
function lines(application: Omit<Application, "metadata">, window = ""): readonly string[] {
  const applications = new Map([["argocd/book", { metadata: { name: "book", namespace: "argocd" }, ...application }]]);
  const cluster = { context: { name: "dev" }, state: "live", applications } as unknown as OpenCluster;
  const model = new ApplicationModel({ all: [cluster], find: () => cluster });
  const below = new BelowApplication(model);
  const row = model.show({ cluster: "dev", key: "argocd/book" })?.row as ApplicationRow;
  const windows = (): readonly string[] => (window === "" ? [] : [window]);
  const from = { model, below, windows, patterns: () => [], live: { findObject: () => undefined } };
  return below.childRows(row).flatMap((each) => {
    const rows = each.type === "history" ? [each, ...below.historyRows(each)] : [each];
    return rows.map((one) => {
      const { label, description, spoken } = rowWords(one as BelowRow, from);
      return `${[label, ...description].join(" · ")} | ${spoken}`;
    });
  });
}

test("an Application says what is wrong, how the last operation went, whether it syncs itself, and what was deployed", () => {
  const status = {
    conditions: [{ type: "ComparisonError", message: "no such path" }],
    operationState: {
      ...{ phase: "Failed" as const, message: "one task failed", finishedAt: time },
      operation: { initiatedBy: { username: "ada" } },
      syncResult: { resources: [{ kind: "Job", name: "migrate", status: "SyncFailed", message: "is immutable" }] },
    },
    history: [
      {
        id: 1,
        revision: "abcdef0123456789abcdef0123456789abcdef01",
        deployedAt: time,
        initiatedBy: { automated: true },
      },
      { id: 2, revisions: ["1.10.0-rc.12345"] },
    ],
    resources: [
      { group: "apps", kind: "Deployment", name: "web", namespace: "book", status: "OutOfSync", requiresPruning: true },
    ],
  };
  const automated = { prune: true };
  expect(lines({ spec: { syncPolicy: { automated } }, status }, "held by a sync window")).toEqual([
    "ComparisonError · no such path | Condition ComparisonError: no such path",
    `Last operation · Failed · ${when} · by ada · one task failed | ` +
      `Last operation, Failed, ${when}, by ada, one task failed, Job migrate: is immutable`,
    "Auto-sync on · prunes · held by a sync window | Auto-sync on, prunes, held by a sync window",
    "History · 2 deployments | History, 2 deployments",
    "2: 1.10.0-rc.12345 | History entry 2: 1.10.0-rc.12345",
    `1: abcdef012345 · ${when} · automatic | History entry 1: abcdef012345, ${when}, automatic`,
    "Events | Events of Application book",
    "web · Deployment · OutOfSync · to be pruned | Deployment web, OutOfSync, to be pruned",
  ]);
});

test("an Application of which little is known says so", () => {
  const operation = { sync: {}, initiatedBy: { username: "ada" } };
  expect(lines({ operation, spec: { syncPolicy: { automated: { enabled: false } } } })).toEqual([
    "Operation under way · waits for Argo CD · by ada | Operation under way, waits for Argo CD, by ada",
    "Auto-sync paused | Auto-sync paused",
    "Events | Events of Application book",
  ]);
});

test.each([
  [{ matching: [], automatic: true, manual: true }, undefined],
  [{ matching: [0], automatic: true, manual: true }, "no sync window holds it now"],
  [{ matching: [0], automatic: false, manual: true }, "a sync window holds all but manual syncs"],
  [{ matching: [0], automatic: false, manual: false }, "held by a sync window"],
  [
    { matching: [0], automatic: false, manual: false, opensAt: Date.parse(time) },
    `held by a sync window until ${when}`,
  ],
  [{ matching: [], automatic: false, manual: false, mistake: 0 }, "a sync window that cannot be read holds every sync"],
])("sync windows: %j", (verdict, words) => {
  expect(windowWords({ active: [], blocking: [], ...verdict })).toBe(words);
});

test.each([
  ["live", undefined, ["protected"]],
  ["opening", undefined, ["protected", "opening…"]],
  ["opening", "sign-in", ["protected", "signing in…"]],
  [new ApiError("forbidden", "no"), undefined, ["protected", "no access"]],
  [new ApiError("timeout", "no"), undefined, ["protected", "unreachable"]],
])(
  "the row of a cluster says why it is not up to date, as the Clusters view does: %s %s",
  (state, program, expected) => {
    const cluster = { context: { name: "prod", program }, state, applications: new Map() } as unknown as OpenCluster;
    const model = new ApplicationModel({ all: [cluster], find: () => cluster });
    const [row] = model.topRows();
    expect(clusterWords(row as ClusterRow, { model, patterns: () => ["prod"] })).toEqual(expected);
  },
);
