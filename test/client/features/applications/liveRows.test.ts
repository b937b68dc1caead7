import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import type { Connection } from "../../../../client/src/cluster/connection";
import type { KubeObject } from "../../../../client/src/cluster/kubeObject";
import type { WatchedObjects } from "../../../../client/src/cluster/listWatch";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import type { Followed, Wanted } from "../../../../client/src/cluster/sharedWatches";
import type {
  ApplicationNode,
  ApplicationRow,
  GroupRow,
  LiveRow,
  ResourceRow,
} from "../../../../client/src/features/applications/applicationNodes";
import { LiveRows } from "../../../../client/src/features/applications/liveRows";
import { isLive } from "../../../../client/src/features/applications/liveSource";

/** What a test lets a cluster tell; it knows what is followed now. */
class Watches {
  readonly #running = new Set<{ readonly wanted: Wanted; tell: (watched: WatchedObjects) => void }>();

  follow(connection: Connection, wanted: Wanted, changed: () => void): Followed {
    let current: WatchedObjects = { objects: new Map(), state: "listing" };
    const tell = (watched: WatchedObjects): void => {
      current = watched;
      changed();
    };
    const watch = { wanted, tell };
    this.#running.add(watch);
    const stop = (): void => void this.#running.delete(watch);
    return {
      connection,
      stop,
      get current() {
        return current;
      },
    };
  }

  /** For example `replicasets in book`. */
  get running(): readonly string[] {
    return [...this.#running].map(({ wanted }) => `${wanted.type.plural} in ${wanted.namespace}`).sort();
  }

  tell(plural: string, objects: readonly KubeObject[], state: WatchedObjects["state"] = "live"): void {
    const known = new Map(objects.map((object) => [object.metadata.name, object]));
    for (const { wanted, tell } of [...this.#running])
      if (wanted.type.plural === plural) tell({ objects: known, state });
  }
}

const app: ApplicationRow = {
  ...{ type: "application", id: "app", cluster: "dev", key: "argocd/book" },
  parent: { type: "cluster", id: "cluster", cluster: "dev" },
};
const deployment = resource("apps", "Deployment", "web");

let application: Application;
/** What is not among the rows any more. */
let gone: ApplicationNode | undefined;
let watches: Watches;
let drawn: ApplicationNode[];
let live: LiveRows;
/** What waits for time to go by. */
let sleepers: (() => void)[];

beforeEach(() => {
  application = { metadata: { name: "book", namespace: "argocd" }, spec: { destination: { namespace: "book" } } };
  gone = undefined;
  watches = new Watches();
  drawn = [];
  const cluster = (): OpenCluster => {
    const applications = new Map([["argocd/book", application]]);
    const context = { name: "dev", server: "https://dev" };
    return { connection: {}, argocd: {}, context, applications } as unknown as OpenCluster;
  };
  const known = cluster();
  const find = (): OpenCluster => ({ ...cluster(), connection: known.connection });
  const clusters = {
    find,
    get all() {
      return [find()];
    },
  };
  sleepers = [];
  const sleep = (_: number, signal: AbortSignal): Promise<void> =>
    new Promise((finish) => {
      sleepers.push(finish);
      signal.addEventListener("abort", () => finish());
    });
  live = new LiveRows({
    ...{ clusters, watches, isThere: (row) => row !== gone, clock: { sleep } },
    changed: (rows) => drawn.push(...rows),
  });
});

describe("what is below a resource", () => {
  test("is followed while it is unfolded, down to the containers of Pods", () => {
    unfoldToPod();
    expect(watches.running).toEqual(["pods in book", "replicasets in book"]);
    expect(draw(deployment)).toEqual([
      "ReplicaSet web-2",
      "  Pod web-2-a",
      "    container app, CrashLoopBackOff, 3 restarts",
      "    events",
      "  events",
      "events",
    ]);
  });

  test("is not followed any more when it is folded, or something above it", () => {
    unfoldToPod();
    const [replicaSet] = live.childRows(deployment);
    if (replicaSet === undefined) throw new Error("There is no ReplicaSet.");
    live.fold(replicaSet);
    expect(watches.running).toEqual(["replicasets in book"]);
    live.fold(app);
    expect(watches.running).toEqual([]);
    live.unfold(app);
    expect(watches.running).toEqual(["replicasets in book"]);
    live.setVisible(false);
    expect(watches.running).toEqual([]);
    live.setVisible(true);
    live.unfold(replicaSet);
    expect(watches.running).toEqual(["pods in book", "replicasets in book"]);
  });

  test("stays as it was known until there is something new, with the same rows", () => {
    unfoldToPod();
    const before = live.childRows(deployment)[0];
    live.fold(app);
    live.unfold(app);
    expect(live.childRows(deployment)[0]).toBe(before);
    watches.tell("replicasets", [replicaSetOf("web-2", "2")]);
    expect(live.childRows(deployment)[0]).toBe(before);
  });

  test("draws only the row of the object again that changed", () => {
    unfoldToPod();
    const [replicaSet] = live.childRows(deployment);
    const [pod] = live.childRows(replicaSet as LiveRow);
    drawn.length = 0;
    const better = podOf("web-2-a", "2", "ContainerCreating");
    watches.tell("pods", [better]);
    expect(drawn).toEqual([pod]);
    drawn.length = 0;
    watches.tell("pods", [better, podOf("other", "7", "Running")]);
    expect(drawn).toEqual([]);
    watches.tell("pods", [podOf("web-2-b", "2", "Running")]);
    expect(drawn).toEqual([replicaSet]);
  });

  test("takes along the watches of an object that goes away", () => {
    unfoldToPod();
    watches.tell("replicasets", []);
    expect(watches.running).toEqual(["replicasets in book"]);
    expect(draw(deployment)).toEqual(["events"]);
  });

  test.each([
    ["its Application", app],
    ["the resource", deployment],
  ])("ends when %s is not shown any more", (_, row) => {
    unfoldToPod();
    gone = row;
    live.check();
    expect(watches.running).toEqual([]);
  });

  test("is followed again when somebody unfolds it below a row that was folded once, went away and came back", () => {
    live.fold(app.parent);
    unfoldToPod();
    expect(watches.running).toEqual(["pods in book", "replicasets in book"]);
  });

  test("is not followed as long as its project is folded, which many are from the beginning", () => {
    const parent: GroupRow = {
      ...{ type: "group", id: "group", cluster: "dev", name: "shop", startsFolded: true },
      parent: { type: "cluster", id: "cluster", cluster: "dev" },
    };
    const row: LiveRow = { ...resource("apps", "Deployment", "web"), parent: { ...app, parent } };
    live.unfold(row);
    expect(watches.running).toEqual(["replicasets in book"]);
    live.fold(parent);
    expect(watches.running).toEqual([]);
    live.unfold(parent);
    expect(watches.running).toEqual(["replicasets in book"]);
  });

  test("says which right is missing, and shows the rest", () => {
    const custom = resource("kafka.example.com", "Kafka", "bus");
    live.unfold(custom);
    expect(watches.running).toHaveLength(5);
    watches.tell("pods", [], new ApiError("forbidden", "pods is forbidden"));
    watches.tell("daemonsets", [], new ApiError("notFound", "no such kind"));
    for (const plural of ["deployments", "jobs"]) watches.tell(plural, []);
    const owner = { apiVersion: "kafka.example.com/v1", kind: "Kafka", name: "bus", uid: "k" };
    watches.tell("statefulsets", [{ metadata: { name: "bus-0", uid: "s", ownerReferences: [owner] } }]);
    expect(draw(custom)).toEqual(["You may not list pods in the namespace 'book'.", "StatefulSet bus-0", "events"]);
  });

  test("is in the cluster into which the Application deploys", () => {
    application = { ...application, spec: { destination: { server: "https://prod" } } };
    live.unfold(deployment);
    expect(watches.running).toEqual([]);
    expect(draw(deployment)).toEqual(["It runs in https://prod. Open a context of that cluster to see more."]);
    application = { ...application, spec: { destination: { server: "https://dev/" } } };
    live.check();
    expect(watches.running).toEqual(["replicasets in book"]);
  });
});

describe("what a busy window of VS Code missed", () => {
  test("is told again until it asks what is below the row", async () => {
    live.unfold(deployment);
    expect(draw(deployment)).toEqual(["Reading…"]);
    watches.tell("replicasets", [replicaSetOf("web-2", "2")]);
    expect(drawn).toEqual([deployment]);
    await timeGoesBy();
    expect(drawn).toEqual([deployment, deployment]);
    expect(draw(deployment)).toEqual(["ReplicaSet web-2", "events"]);
    await timeGoesBy();
    expect(drawn).toEqual([deployment, deployment]);
    expect(sleepers).toEqual([]);
  });

  test.each([
    ["it is folded", () => live.fold(deployment)],
    ["it is gone", leave],
    ["the view is hidden", () => live.setVisible(false)],
  ])("is not told again when %s meanwhile", async (_, happens) => {
    live.unfold(deployment);
    watches.tell("replicasets", [replicaSetOf("web-2", "2")]);
    happens();
    await timeGoesBy();
    expect(drawn).toEqual([deployment]);
  });

  test("is told some times only: VS Code does not ask for what it hides itself", async () => {
    live.unfold(deployment);
    watches.tell("replicasets", [replicaSetOf("web-2", "2")]);
    for (let times = 0; times < 10; times++) await timeGoesBy();
    expect(drawn).toHaveLength(4);
  });
});

describe("events", () => {
  test("are read when somebody unfolds them, the newest first", () => {
    const events: LiveRow = { type: "events", id: "app events", parent: app };
    live.unfold(events);
    expect(watches.running).toEqual(["events in argocd"]);
    expect(draw(events)).toEqual(["Reading…"]);
    watches.tell("events", []);
    expect(draw(events)).toEqual(["No events."]);
    watches.tell("events", [
      { metadata: { name: "a" }, reason: "Old", type: "Normal", lastTimestamp: "2026-01-01T00:00:00Z" } as KubeObject,
      { metadata: { name: "b" }, reason: "New", type: "Warning", lastTimestamp: "2026-01-02T00:00:00Z" } as KubeObject,
    ]);
    expect(draw(events)).toEqual(["New", "Old"]);
    const others: LiveRow = { type: "events", id: "app in another context events", parent: app };
    live.unfold(others);
    watches.tell("events", [{ metadata: { name: "a" } }]);
    const ids = [...live.childRows(events), ...live.childRows(others)].map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  test("are directly below what owns nothing", () => {
    const config = resource("", "ConfigMap", "settings");
    live.unfold(config);
    expect(watches.running).toEqual(["events in book"]);
  });
});

function resource(group: string, kind: string, name: string): ResourceRow {
  return { type: "resource", id: `app ${kind} ${name}`, parent: app, group, kind, namespace: "book", name };
}

function replicaSetOf(name: string, uid: string, owner = "web"): KubeObject {
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "Deployment", name: owner, uid: "d" }];
  return { metadata: { name, namespace: "book", uid, ownerReferences } };
}

function podOf(name: string, replicaSet: string, reason: string): KubeObject {
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "any", uid: replicaSet }];
  const containerStatuses = [{ name: "app", restartCount: 3, state: { waiting: { reason } } }];
  const metadata = { name, namespace: "book", uid: name, ownerReferences };
  return { metadata, status: { phase: "Running", containerStatuses } };
}

function leave(): void {
  gone = deployment;
  live.check();
}

async function timeGoesBy(): Promise<void> {
  for (const wake of sleepers.splice(0)) wake();
  await Promise.resolve();
  await Promise.resolve();
}

function unfoldToPod(): void {
  live.unfold(deployment);
  watches.tell("replicasets", [replicaSetOf("web-2", "2"), replicaSetOf("api-1", "9", "api")]);
  const [replicaSet] = live.childRows(deployment);
  if (replicaSet === undefined) throw new Error("There is no ReplicaSet.");
  live.unfold(replicaSet);
  watches.tell("pods", [podOf("web-2-a", "2", "CrashLoopBackOff"), podOf("other", "7", "CrashLoopBackOff")]);
  const [pod] = live.childRows(replicaSet as LiveRow);
  if (pod === undefined) throw new Error("There is no Pod.");
  live.unfold(pod);
}

/** What is below a row, a line each, of what was unfolded. */
function draw(row: LiveRow, depth = 0): string[] {
  return live.childRows(row).flatMap((each) => {
    const below = isLive(each) && !(each.type === "events") ? draw(each, depth + 1) : [];
    return [`${"  ".repeat(depth)}${words(each)}`, ...below.filter((line) => !line.includes("Reading…"))];
  });
}

function words(row: ApplicationNode): string {
  switch (row.type) {
    case "object":
      return `${row.kind.kind} ${row.name}`;
    case "container":
      return [row.container.words[0], row.container.name, ...row.container.words.slice(1)]
        .join(", ")
        .replace(", ", " ");
    case "note":
      return row.text;
    case "event":
      return row.event.reason;
    default:
      return row.type;
  }
}
