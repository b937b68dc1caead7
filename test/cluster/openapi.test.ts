import { join } from "node:path";
import { CustomObjectsApi, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver-types";
import { type Clock, systemClock } from "../../client/src/cluster/clock";
import { type Connection, connect } from "../../client/src/cluster/connection";
import type { KubeObject } from "../../client/src/cluster/kubeObject";
import { readSchemaIndex, readSchemas } from "../../client/src/cluster/openapi";
import type { OpenCluster } from "../../client/src/cluster/openClusters";
import { SchemaPush } from "../../client/src/features/observations/schemaPush";
import { diskCache } from "../../client/src/platform/diskCache";
import { type ClusterObservation, observeNotification, wantedSchemasRequest } from "../../server/src/protocol/observe";
import { copyExample } from "../e2e/support/exampleCopy";
import { buildBundles } from "../support/builtServer";
import { LanguageTestClient, uriOf } from "../support/languageClient";
import { temporaryFolder } from "../support/temporaryFolder";
import { admin, type Identity } from "./support/cluster";
import { contextOf } from "./support/context";
import { kubeconfigOf } from "./support/kubeconfig";
import { useCluster } from "./support/useCluster";

const guest: Identity = { name: "guest", token: "token-of-guest" };
const cluster = useCluster([guest]);

/** A connection that keeps a list of what it was asked for. */
interface Watched {
  readonly connection: Connection;
  readonly paths: string[];
}

function watchedConnection(identity: Identity = admin): Watched {
  const connection = connect(contextOf(cluster(), identity));
  onTestFinished(() => connection.close());
  const paths: string[] = [];
  const get: Connection["get"] = (request) => {
    paths.push(request.path.replace(/\?.*/, ""));
    return connection.get(request);
  };
  return { connection: { ...connection, get }, paths };
}

interface Asked {
  readonly watched: Watched;
  readonly folder: string;
  readonly state?: OpenCluster["state"];
  readonly wanted?: readonly string[];
  readonly clock?: Pick<Clock, "now">;
}

const applications = ["argoproj.io/v1alpha1"];

/** Opens a context for a while, as a window does; gives what the language server and the log would be told. */
async function askOnce({ watched, folder, state = "live", wanted = applications, clock = systemClock }: Asked) {
  const { connection } = watched;
  const open = { context: connection.context, connection, state } as unknown as OpenCluster;
  const sent: ClusterObservation[] = [];
  const warnings: string[] = [];
  const push = new SchemaPush({
    clusters: { all: [open], find: () => open },
    clock,
    store: diskCache(folder, 10_000_000),
    wanted: async () => wanted,
    send: (news) => sent.push(news),
    warn: (message) => warnings.push(message),
  });
  push.start();
  await push.settled();
  return {
    push,
    sent,
    warnings,
    told: sent.flatMap(({ schemas = [] }) => schemas.map(({ apiVersion }) => apiVersion)),
  };
}

const index = "/openapi/v3";
const argocd = "/openapi/v3/apis/argoproj.io/v1alpha1";

test("a cluster tells the kinds of a group-version, how they are called in the API, and nothing that they do not need", async () => {
  const { connection } = watchedConnection();
  const addresses = await readSchemaIndex(connection);
  const address = addresses.get("argoproj.io/v1alpha1");
  expect(address?.hash).toMatch(/^[0-9A-F]+$/);
  expect(addresses.get("v1")).toBeDefined();
  const { schemas } = (address && (await readSchemas(connection, "argoproj.io/v1alpha1", address))) ?? {};
  expect(schemas?.kinds.map(({ kind, plural, namespaced }) => [kind, plural, namespaced]).sort()).toEqual([
    ["AppProject", "appprojects", true],
    ["Application", "applications", true],
    ["ApplicationSet", "applicationsets", true],
  ]);
  expect(Object.keys(schemas?.definitions ?? {}).filter((name) => name.endsWith("List"))).toEqual([]);
  const core = addresses.get("v1");
  const kinds = core && (await readSchemas(connection, "v1", core)).schemas?.kinds;
  expect(kinds?.find(({ kind }) => kind === "Namespace")).toMatchObject({ plural: "namespaces", namespaced: false });
  expect(kinds?.find(({ kind }) => kind === "Pod")).toMatchObject({ plural: "pods", namespaced: true });
});

test("what did not change is not fetched again, and a cluster that does not answer is spoken of as the last time", async () => {
  const folder = temporaryFolder({});
  const first = watchedConnection();
  const { told, push } = await askOnce({ watched: first, folder });
  expect(told).toEqual(["argoproj.io/v1alpha1"]);
  expect(first.paths).toEqual([index, argocd]);
  push.look();
  await push.settled();
  expect(first.paths).toEqual([index, argocd]);

  const second = watchedConnection();
  expect((await askOnce({ watched: second, folder })).told).toEqual(told);
  expect(second.paths).toEqual([index]);

  const offline = watchedConnection();
  expect((await askOnce({ watched: offline, folder, state: "opening" })).told).toEqual(told);
  expect(offline.paths).toEqual([]);
});

test("a description that changed since its address was read is found all the same", async () => {
  const { connection, paths } = watchedConnection();
  const address = { path: `${argocd}?hash=0123456789ABCDEF`, hash: "0123456789ABCDEF" };
  const { schemas, hash } = await readSchemas(connection, "argoproj.io/v1alpha1", address);
  expect(schemas?.kinds).toHaveLength(3);
  expect(hash).not.toBe(address.hash);
  expect(paths).toEqual([argocd, index, argocd]);
});

test("a cluster is asked only for what the workspace uses and the cluster has", async () => {
  const watched = watchedConnection();
  const folder = temporaryFolder({});
  const { told } = await askOnce({ watched, folder, wanted: ["example.com/v1", "tekton.dev/v1"] });
  expect(told).toEqual(["tekton.dev/v1"]);
  expect(watched.paths).toEqual([index, "/openapi/v3/apis/tekton.dev/v1"]);
});

test("a kind that is installed while the context is open is told at the next look, and one that changes some minutes later", async () => {
  const watched = watchedConnection();
  let now = 0;
  const wanted = ["example.com/v1"];
  const folder = temporaryFolder({});
  const { push, sent, warnings } = await askOnce({ watched, folder, wanted, clock: { now: () => now } });
  const lookAfter = async (milliseconds: number): Promise<string> => {
    now += milliseconds;
    push.look();
    await push.settled();
    return JSON.stringify(sent.at(-1)?.schemas?.[0]?.definitions ?? {});
  };
  expect(await lookAfter(1000)).toBe("{}");
  expect(watched.paths).toEqual([index]);
  await define("How much of it.");
  expect(await lookAfter(30_000)).toContain("How much of it.");
  await define("How little of it.");
  expect(await lookAfter(30_000)).toContain("How much of it.");
  expect(await lookAfter(600_000)).toContain("How little of it.");
  expect(sent).toHaveLength(2);
  expect(warnings).toEqual([]);
});

test("a server that was started again is told without asking the cluster", async () => {
  const watched = watchedConnection();
  const { push, sent } = await askOnce({ watched, folder: temporaryFolder({}) });
  push.pause();
  push.start();
  await push.settled();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect(watched.paths).toEqual([index, argocd]);
});

test("the language server describes a field of an Application as the cluster does", async () => {
  const module = join(buildBundles("cluster-openapi", ["server"]), "server.cjs");
  const text =
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:\n  revisionHistoryLimit: 3\n";
  const folder = temporaryFolder({ "application.yaml": text });
  const client = await LanguageTestClient.start(module, { folders: [folder] });
  const path = join(folder, "application.yaml");
  client.open(path);
  const hoverText = async (): Promise<string> => {
    const position = { line: 4, character: 4 };
    const hover = await client.request<Hover | null>("textDocument/hover", {
      textDocument: { uri: uriOf(path) },
      position,
    });
    return (hover?.contents as MarkupContent | undefined)?.value ?? "";
  };
  expect(await hoverText()).not.toContain("from the cluster");
  const wanted = await client.request<readonly string[]>(wantedSchemasRequest, null);
  expect(wanted).toEqual(["argoproj.io/v1alpha1"]);
  const { sent } = await askOnce({ watched: watchedConnection(), folder: temporaryFolder({}), wanted });
  for (const news of sent) client.notify(observeNotification, news);
  expect(await hoverText()).toContain("from the cluster test");
  expect(await hoverText()).toContain("RevisionHistoryLimit limits the number of items kept");
  client.notify(observeNotification, { cluster: "test", reset: true } satisfies ClusterObservation);
  expect(await hoverText()).not.toContain("from the cluster");
});

test("the example is as right by the schemas of the cluster as by ours", async () => {
  const module = join(buildBundles("cluster-openapi", ["server"]), "server.cjs");
  const example = copyExample();
  onTestFinished(() => example.remove());
  // Known to be wrong by any schema, so that we see when the files were looked at again.
  example.write("wrong.yaml", "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec: {stepps: []}\n");
  const client = await LanguageTestClient.start(module, { folders: [example.folder] });
  const wanted = await client.request<readonly string[]>(wantedSchemasRequest, null);
  expect(wanted).toEqual(expect.arrayContaining(["argoproj.io/v1alpha1", "tekton.dev/v1"]));
  const { sent, told } = await askOnce({ watched: watchedConnection(), folder: temporaryFolder({}), wanted });
  expect(told.length).toBeGreaterThan(2);
  for (const news of sent) client.notify(observeNotification, news);
  await client.codes(join(example.folder, "wrong.yaml"), (codes) => codes.includes("schema/unknown-field"));
  // An answer comes after all that was found in the same round.
  await client.request(wantedSchemasRequest, null);
  const others = [...client.diagnostics].filter(([uri]) => !uri.endsWith("/wrong.yaml"));
  expect(
    others
      .flatMap(([uri, all]) => all.map(({ code }) => `${code} ${uri}`))
      .filter((text) => text.startsWith("schema/")),
  ).toEqual([]);
});

test("who may not read the schemas gets none: a line in the log, and one question", async () => {
  const rbac = kubeconfigOf(cluster(), admin).makeApiClient(RbacAuthorizationV1Api);
  // By default everybody who signs in may.
  await rbac.deleteClusterRoleBinding({ name: "system:discovery" });
  const watched = watchedConnection(guest);
  const { told, warnings, push } = await askOnce({ watched, folder: temporaryFolder({}) });
  expect(told).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/^The context test does not tell its schemas: .*forbidden/)]);
  push.look();
  await push.settled();
  expect(watched.paths).toEqual([index]);
});

/** Installs, or changes, the kind Gauge of `example.com/v1`, and waits until the cluster describes it so. */
async function define(description: string): Promise<void> {
  const config = kubeconfigOf(cluster(), admin);
  const names = { plural: "gauges", singular: "gauge", kind: "Gauge", listKind: "GaugeList" };
  const properties = { spec: { type: "object", properties: { amount: { type: "integer", description } } } };
  const schema = { openAPIV3Schema: { type: "object", properties } };
  const versions = [{ name: "v1", served: true, storage: true, schema }];
  const spec = { group: "example.com", scope: "Namespaced", names, versions };
  const body = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", spec };
  const kind = { group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions" };
  const api = config.makeApiClient(CustomObjectsApi);
  const name = "gauges.example.com";
  const { items } = (await api.listClusterCustomObject(kind)) as { readonly items: readonly KubeObject[] };
  const { resourceVersion } = items.find(({ metadata }) => metadata.name === name)?.metadata ?? {};
  const known = { ...body, metadata: { name, resourceVersion } };
  if (resourceVersion === undefined) await api.createClusterCustomObject({ ...kind, body: known });
  else await api.replaceClusterCustomObject({ ...kind, name, body: known });
  const connection = connect(contextOf(cluster(), admin));
  onTestFinished(() => connection.close());
  await vi.waitFor(
    async () => {
      const address = (await readSchemaIndex(connection)).get("example.com/v1");
      const told = address && (await readSchemas(connection, "example.com/v1", address));
      expect(JSON.stringify(told)).toContain(description);
    },
    { timeout: 90_000, interval: 100 },
  );
}
