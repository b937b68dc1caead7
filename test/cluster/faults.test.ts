import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { applications } from "../../client/src/cluster/argocd/application";
import { refresh, sync } from "../../client/src/cluster/argocd/operations";
import { systemClock } from "../../client/src/cluster/clock";
import { type Connection, connect } from "../../client/src/cluster/connection";
import { type ClusterContext, mergeKubeconfigs } from "../../client/src/cluster/kubeconfig";
import { listWatch, type WatchedObjects } from "../../client/src/cluster/listWatch";
import { type OpenCluster, OpenClusters } from "../../client/src/cluster/openClusters";
import { temporaryFolder } from "../support/temporaryFolder";
import { createApplication, readApplication } from "./support/applications";
import { makeAuthority } from "./support/authority";
import type { Identity } from "./support/cluster";
import { contextOf, kubeconfigText } from "./support/context";
import { startProxy, type Wire } from "./support/proxy";
import { useCluster } from "./support/useCluster";

const masters = ["system:masters"];
const ada: Identity = { name: "ada", token: "token-of-ada", groups: masters };
const renewed: Identity = { ...ada, token: "renewed-token-of-ada" };
const cluster = useCluster([ada]);
const patience = { timeout: 90_000, interval: 50 };

test("over a slow connection everything arrives", async () => {
  const wire = await proxied();
  const long = { "example.com/note": "x".repeat(50_000) };
  await createApplication(cluster(), "slow", "book-dev", { labels: { stage: "dev" }, annotations: long });
  wire.set("slow");
  const clusters = opened(contextOf(cluster(), ada, wire.url));
  await vi.waitFor(() => expect(known(clusters)).toContain("slow/book-dev"), patience);
  await createApplication(cluster(), "slow", "book-stage", { annotations: long });
  await vi.waitFor(() => expect(known(clusters)).toContain("slow/book-stage"), patience);
});

test("a server that takes everything in and says nothing is given up, said so, and found again without help", async () => {
  const wire = await proxied();
  await createApplication(cluster(), "half", "book-dev");
  wire.set("hang");
  const clusters = opened(contextOf(cluster(), ada, wire.url));
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject({ kind: "timeout" }), patience);
  wire.set("pass");
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  expect(known(clusters)).toContain("half/book-dev");
});

test("a watch whose connection is half open goes on over a new one, and the old one is let go", async () => {
  const wire = await proxied();
  await createApplication(cluster(), "silent", "book-dev");
  const connection = open(contextOf(cluster(), ada, wire.url));
  const cancel = new AbortController();
  onTestFinished(() => cancel.abort());
  let seen: WatchedObjects = { objects: new Map(), state: "listing" };
  void listWatch({
    ...{ connection, type: applications, namespace: "silent", clock: systemClock, silence: 2000 },
    signal: cancel.signal,
    changed: (next) => {
      seen = next;
    },
  });
  await vi.waitFor(() => expect(seen.state).toBe("live"), patience);
  wire.set("hang");
  await createApplication(cluster(), "silent", "book-stage");
  const before = wire.total;
  await vi.waitFor(() => expect(wire.total).toBeGreaterThan(before), patience);
  wire.set("pass");
  await vi.waitFor(() => expect([...seen.objects.keys()]).toContain("silent/book-stage"), patience);
  await vi.waitFor(() => expect(wire.open).toBe(1), patience);
});

test("after the machine slept a watch goes on at once over a new connection, however long silence is allowed", async () => {
  const wire = await proxied();
  await createApplication(cluster(), "asleep", "book-dev");
  const clusters = opened(contextOf(cluster(), ada, wire.url));
  await vi.waitFor(() => expect(found(clusters).projects).toBeDefined(), patience);
  // Applications, projects, and where Argo CD keeps its configuration.
  await vi.waitFor(() => expect(wire.open).toBe(3), patience);
  wire.set("freeze");
  const { now } = Date;
  const later = vi.spyOn(Date, "now").mockImplementation(() => now() + 3_600_000);
  onTestFinished(() => later.mockRestore());
  await createApplication(cluster(), "asleep", "book-stage");
  await vi.waitFor(() => expect(known(clusters)).toContain("asleep/book-stage"), patience);
  await vi.waitFor(() => expect(wire.open).toBe(3), patience);
});

test("in a network that shows a certificate of its own nothing is told to it, and the cluster is found again behind it", async () => {
  const portal = await startPortal();
  const wire = await proxied();
  const clusters = opened(contextOf(cluster(), ada, wire.url));
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  wire.lead(portal.url);
  wire.set("refuse");
  wire.set("pass");
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject({ kind: "certificate" }), patience);
  expect(portal.asked()).toBe(0);
  wire.lead(cluster().url);
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
});

test("what may have been written is not written again when the answer is lost, nor when two ask at once", async () => {
  const wire = await proxied();
  const application = await createApplication(cluster(), "once", "book-dev");
  const path = "/apis/argoproj.io/v1alpha1/namespaces/once/applications/book-dev";
  const writes = () =>
    cluster()
      .writes("ada")
      .filter((write) => write.path === path);
  const connection = open(contextOf(cluster(), ada, wire.url));
  wire.set("deaf");
  const [lost] = await Promise.allSettled([
    sync(connection, application, {}, { by: "ada (editor)" }),
    vi.waitFor(() => expect(writes()).toHaveLength(1), patience).then(() => wire.set("refuse")),
  ]);
  const message = expect.stringContaining(
    "was cut off. It may have been done all the same: look before you try again.",
  );
  expect(lost).toMatchObject({ status: "rejected", reason: { kind: "unreachable", message } });
  expect(writes()).toHaveLength(1);
  wire.set("pass");
  expect((await readApplication(cluster(), application)).operation).toBeDefined();
  await expect(sync(connection, application, {}, { by: "ada (editor)" })).rejects.toMatchObject({ kind: "conflict" });

  const other = await createApplication(cluster(), "once", "book-stage");
  const asked = [sync(connection, other, {}, { by: "a" }), sync(connection, other, {}, { by: "b" })];
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await refresh(connection, other, "normal");
  const succeeded = cluster()
    .writes("ada")
    .filter(({ status, path: at }) => status === 200 && at.startsWith(path.replace("book-dev", "")));
  expect(succeeded.map(({ verb, path: at }) => `${verb} ${at.slice(at.lastIndexOf("/") + 1)}`)).toEqual([
    "patch book-dev",
    "patch book-stage",
    "patch book-stage",
  ]);
});

test("a token that is not accepted any more is said in words; a kubeconfig with a new one opens the context again", async () => {
  await createApplication(cluster(), "tokens", "book-dev");
  const clusters = opened(contextOf(cluster(), ada));
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  await change([renewed]);
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject({ kind: "signIn" }), patience);
  expect(String(found(clusters).state)).toContain("does not accept the credentials of 'ada' (any more). Sign in again");
  expect(String(found(clusters).state)).not.toContain(ada.token);
  expect(known(clusters)).toContain("tokens/book-dev");
  clusters.update([contextOf(cluster(), renewed)]);
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  await change([ada]);
});

test("when the token of a program is not accepted any more, the program is asked once for a new one, and all watches go on", async () => {
  const folder = temporaryFolder({ login: program });
  chmodSync(join(folder, "login"), 0o755);
  const give = (token: string): void => writeFileSync(join(folder, "token"), token);
  const runs = (): number => readFileSync(join(folder, "runs"), "utf8").trim().split("\n").length;
  give(ada.token);
  const text = kubeconfigText(cluster(), ada).replace(/token: [^ ]+/, `exec: ${exec}`);
  const [context] = mergeKubeconfigs([{ path: join(folder, "config"), text }]).contexts;
  if (context === undefined) throw new Error("The kubeconfig has no context.");
  const clusters = opened(context);
  await vi.waitFor(() => expect(found(clusters).projects).toBeDefined(), patience);
  expect(runs()).toBe(1);
  give(renewed.token);
  await change([renewed]);
  await createApplication(cluster(), "tokens", "book-new");
  await vi.waitFor(() => expect(known(clusters)).toContain("tokens/book-new"), patience);
  await vi.waitFor(() => expect(found(clusters).connection.calls).toBe(3), patience);
  expect(runs()).toBe(2);
  await change([ada]);
});

/** A program that signs in with the token that lies beside it, and notes that it ran. */
const program = `#!/bin/sh
cd "$(dirname "$0")"
echo run >> runs
echo '{"status": {"token": "'$(cat token)'"}}'
`;
const exec = "{ apiVersion: client.authentication.k8s.io/v1, command: ./login, interactiveMode: Never }";

/** A web server of somebody else, as hotels put one in the way. */
async function startPortal(): Promise<{ readonly url: string; readonly asked: () => number }> {
  const authority = makeAuthority();
  const { certificateText: cert, keyText: key } = authority.sign({ subject: "/CN=Hotel", names: "IP:127.0.0.1" });
  authority.remove();
  let asked = 0;
  const server = createServer({ cert, key }, (_, response) => {
    asked++;
    response.end("Welcome");
  });
  await new Promise<void>((finish) => server.listen(0, "127.0.0.1", finish));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

/** Starts the API server anew, with other tokens. */
async function change(identities: readonly Identity[]): Promise<void> {
  await cluster().kill();
  cluster().know(identities);
  await cluster().start();
}

function open(context: ClusterContext): Connection {
  const connection = connect(context);
  onTestFinished(() => connection.close());
  return connection;
}

function opened(context: ClusterContext): OpenClusters {
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => ["argocd"] });
  onTestFinished(() => clusters.dispose());
  clusters.open(context);
  return clusters;
}

function found(clusters: OpenClusters): OpenCluster {
  const cluster = clusters.find("test");
  if (cluster === undefined) throw new Error("The context is not open.");
  return cluster;
}

function known(clusters: OpenClusters): readonly string[] {
  return [...found(clusters).applications.keys()];
}

async function proxied(): Promise<Wire> {
  const proxy = await startProxy(cluster().url);
  onTestFinished(() => proxy.close());
  return proxy;
}
