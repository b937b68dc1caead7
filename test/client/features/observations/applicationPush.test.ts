import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { ApplicationPush } from "../../../../client/src/features/observations/applicationPush";
import { liveApplications, withNews } from "../../../../server/src/observations/liveApplications";
import type { ClusterObservation } from "../../../../server/src/protocol/observe";

/** Open contexts that a test changes by hand, a clock that stands until it is told to go on, and what a server would know. */
class Stage {
  readonly open = new Map<string, Map<string, Application>>();
  readonly sent: ClusterObservation[] = [];
  readonly push: ApplicationPush;
  /** Whether the contexts answer. */
  state: OpenCluster["state"] = "live";
  #known = liveApplications.nothing;
  #waiting: (() => void)[] = [];

  constructor() {
    const toCluster = (name: string, applications: ReadonlyMap<string, Application>): OpenCluster =>
      ({ context: { name }, applications, state: this.state }) as unknown as OpenCluster;
    const { open } = this;
    const clusters = {
      get all() {
        return [...open].map(([name, applications]) => toCluster(name, applications));
      },
      find: (name: string) => {
        const applications = open.get(name);
        return applications && toCluster(name, applications);
      },
    };
    const clock = {
      now: () => 0,
      random: () => 0,
      sleep: () => new Promise<void>((finish) => this.#waiting.push(finish)),
    };
    const send = (news: ClusterObservation): void => {
      this.sent.push(news);
      this.#known = withNews(this.#known, news);
    };
    this.push = new ApplicationPush({ clusters, clock, send });
  }

  /** Sets what a context holds, by name and sync status, and tells of all that is named. */
  set(cluster: string, applications: Readonly<Record<string, string>>): void {
    const before = this.open.get(cluster) ?? new Map();
    const after = new Map(
      Object.entries(applications).map(([name, status]) => {
        const application: Application = { metadata: { name, namespace: "argocd" }, status: { sync: { status } } };
        return [`argocd/${name}`, application] as const;
      }),
    );
    this.open.set(cluster, after);
    this.push.changed({ name: cluster, applications: new Set([...before.keys(), ...after.keys()]), cluster: true });
  }

  close(cluster: string): void {
    const keys = new Set(this.open.get(cluster)?.keys());
    this.open.delete(cluster);
    this.push.changed({ name: cluster, applications: keys, cluster: true });
  }

  /** Lets time pass until nobody waits any more; gives the messages since the last time. */
  async settle(): Promise<readonly ClusterObservation[]> {
    while (this.#waiting.length > 0) {
      for (const finish of this.#waiting.splice(0)) finish();
      await new Promise((finish) => setImmediate(finish));
    }
    return this.sent.splice(0);
  }

  /** A new server. */
  restart(): void {
    this.push.pause();
    this.#known = liveApplications.nothing;
    this.push.start();
  }

  /** What a server knows now, an Application a line. */
  get known(): readonly string[] {
    return [...this.#known].flatMap(([cluster, all]) => [...all].map(([key, { sync }]) => `${cluster} ${key} ${sync}`));
  }
}

test("only what changed is told, and what went", async () => {
  const stage = new Stage();
  stage.push.start();
  stage.set("dev", { a: "Synced", b: "Synced" });
  await stage.settle();
  expect(stage.known).toEqual(["dev argocd/a Synced", "dev argocd/b Synced"]);
  stage.set("dev", { a: "OutOfSync", c: "Synced" });
  stage.set("dev", { a: "OutOfSync", c: "Unknown" });
  const [message, ...others] = await stage.settle();
  expect(others).toEqual([]);
  expect(message?.applications?.map(({ name }) => name)).toEqual(["a", "c"]);
  expect(message?.removed).toEqual(["argocd/b"]);
  stage.set("dev", { a: "OutOfSync", c: "Unknown" });
  expect(await stage.settle()).toEqual([]);
});

test("a context that is closed is forgotten, and one that is opened again is told anew", async () => {
  const stage = new Stage();
  stage.push.start();
  stage.set("dev", { a: "Synced" });
  stage.set("stage", { a: "Synced" });
  await stage.settle();
  stage.close("dev");
  await stage.settle();
  expect(stage.known).toEqual(["stage argocd/a Synced"]);
  stage.set("dev", { a: "Synced" });
  await stage.settle();
  expect(stage.known).toEqual(["stage argocd/a Synced", "dev argocd/a Synced"]);
});

test("a server that was started again is told everything, one that does not run nothing", async () => {
  const stage = new Stage();
  stage.set("dev", { a: "Synced" });
  expect(await stage.settle()).toEqual([]);
  stage.push.start();
  await stage.settle();
  expect(stage.known).toEqual(["dev argocd/a Synced"]);
  stage.restart();
  await stage.settle();
  expect(stage.known).toEqual(["dev argocd/a Synced"]);
});

test("a context that does not answer any more is said to be so, and that it does again", async () => {
  const stage = new Stage();
  stage.push.start();
  stage.set("dev", { a: "Synced" });
  await stage.settle();
  for (const state of [new ApiError("unreachable", "no"), new ApiError("timeout", "no"), "opening", "live"] as const) {
    stage.state = state;
    stage.push.changed({ name: "dev", applications: new Set(), cluster: true });
  }
  expect(await stage.settle()).toEqual([
    { cluster: "dev", isReachable: false },
    { cluster: "dev", isReachable: true },
  ]);
});

test("many Applications come in several messages, each once", async () => {
  const stage = new Stage();
  stage.push.start();
  stage.set("dev", Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`app-${i}`, "Synced"])));
  const messages = await stage.settle();
  expect(messages.map(({ applications }) => applications?.length)).toEqual([500, 500, 200]);
  expect(stage.known).toHaveLength(1200);
});
