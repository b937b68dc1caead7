import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { ApiError } from "../../client/src/cluster/apiError";
import { refresh } from "../../client/src/cluster/argocd/operations";
import { systemClock } from "../../client/src/cluster/clock";
import { connect } from "../../client/src/cluster/connection";
import { type OpenCluster, OpenClusters } from "../../client/src/cluster/openClusters";
import { createApplication, readApplication } from "./support/applications";
import { makeAuthority } from "./support/authority";
import { contextWith } from "./support/context";
import { type Issuer, startIssuer } from "./support/issuer";
import { startProxy, type Wire } from "./support/proxy";
import { useCluster } from "./support/useCluster";

const authority = makeAuthority();
let issuer: Issuer | undefined;
const cluster = useCluster([], async () => {
  issuer = await startIssuer(authority);
  return issuer.args;
});
afterAll(() => {
  issuer?.close();
  authority.remove();
});
/** Of the tokens that the program gets, in seconds: more than a call takes on a machine that has other work too. */
const lifetime = 10;
const patience = { timeout: 90_000, interval: 100 };

test.each([
  ["that tells when it runs out", true],
  ["that does not tell when it runs out", false],
])("a token %s is renewed by its program: watches and commands go on, and nobody notices", async (_, tellsExpiry) => {
  const namespace = tellsExpiry ? "told" : "untold";
  const application = await createApplication(cluster(), namespace, "book-dev");
  const begin = Date.now();
  const { clusters, folder, wire, states } = await opened(tellsExpiry);
  await vi.waitFor(() => expect(found(clusters).projects).toBeDefined(), patience);
  expect(runs(folder)).toBeLessThanOrEqual(1 + Math.floor((Date.now() - begin) / (1000 * lifetime)));
  const first = readFileSync(join(folder, "token"), "utf8");
  await untilRefused(first);

  await refresh(found(clusters).connection, application, "normal");
  expect((await readApplication(cluster(), application)).metadata.annotations).toHaveProperty(
    "argocd.argoproj.io/refresh",
  );
  expect(runs(folder)).toBeGreaterThan(1);
  expect(states.filter((state) => state instanceof ApiError)).toEqual([]);

  const second = readFileSync(join(folder, "token"), "utf8");
  expect(second).not.toBe(first);
  await untilRefused(second);
  await createApplication(cluster(), namespace, "book-stage");
  cut(wire);
  await vi.waitFor(() => expect(known(clusters)).toContain(`${namespace}/book-stage`), patience);
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  expect(states.filter((state) => state instanceof ApiError && state.kind === "signIn")).toEqual([]);
});

test("a program that cannot renew its token runs once for all watches, the view says why, and a retry asks it again", async () => {
  await createApplication(cluster(), "broken", "book-dev");
  const { clusters, folder, wire } = await opened(true);
  await vi.waitFor(() => expect(found(clusters).projects).toBeDefined(), patience);
  writeFileSync(join(folder, "broken"), "");
  const before = runs(folder);
  await untilRefused(readFileSync(join(folder, "token"), "utf8"));
  cut(wire);
  await vi.waitFor(() => expect(found(clusters).state).toMatchObject({ kind: "signIn" }), patience);
  await vi.waitFor(() => expect(found(clusters).connection.calls).toBe(0), patience);
  const { state } = found(clusters);
  expect(String(state)).toContain("'login', which signs in to 'test', ended with 1.");
  expect(state).toMatchObject({ details: { output: "Your session is over. Run: example-cli login" } });
  expect(known(clusters)).toContain("broken/book-dev");
  expect(runs(folder)).toBe(before + 1);

  rmSync(join(folder, "broken"));
  clusters.retry(found(clusters).context);
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
});

async function opened(tellsExpiry: boolean) {
  const wire = await startProxy(cluster().url);
  onTestFinished(() => wire.close());
  const folder = issuer?.program(lifetime, { tellsExpiry }) ?? "";
  const exec = "exec: { apiVersion: client.authentication.k8s.io/v1, command: ./login, interactiveMode: Never }";
  const clusters = new OpenClusters({ clock: systemClock, namespaces: () => ["argocd"] });
  onTestFinished(() => clusters.dispose());
  const states: OpenCluster["state"][] = [];
  clusters.onDidChange(() => states.push(found(clusters).state));
  clusters.open(contextWith(folder, wire.url, secure(), exec));
  await vi.waitFor(() => expect(found(clusters).state).toBe("live"), patience);
  return { clusters, folder, wire, states };
}

/** The API server itself finds that a token ran out. */
async function untilRefused(token: string): Promise<void> {
  const connection = connect(contextWith("/", cluster().url, secure(), `token: ${token}`));
  onTestFinished(() => connection.close());
  const asked = () => connection.get({ path: "/version" });
  await vi.waitFor(() => expect(asked()).rejects.toMatchObject({ kind: "signIn", details: { status: 401 } }), patience);
}

/** Ends all connections, as a change of networks does. */
function cut(wire: Wire): void {
  wire.set("refuse");
  wire.set("pass");
}

function secure(): string {
  return `certificate-authority-data: ${Buffer.from(cluster().certificate).toString("base64")}`;
}

function runs(folder: string): number {
  return readFileSync(join(folder, "runs"), "utf8").trim().split("\n").length;
}

function found(clusters: OpenClusters): OpenCluster {
  const open = clusters.find("test");
  if (open === undefined) throw new Error("The context is not open.");
  return open;
}

function known(clusters: OpenClusters): readonly string[] {
  return [...found(clusters).applications.keys()];
}
