import { expect, test } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import { type PlannedObject, planApply } from "../../../client/src/cluster/applyPlan";
import { runApply } from "../../../client/src/cluster/applyRun";
import type { ApiRequest, Connection } from "../../../client/src/cluster/connection";
import type { KubeObject } from "../../../client/src/cluster/kubeObject";
import { coreKinds, fakeConnection } from "../../support/fakeConnection";

const { signal } = new AbortController();
const clock = { now: () => 0, random: () => 0, sleep: async () => {} };
const late = (): ApiError => new ApiError("timeout", "dev.example.com does not answer.");

/** A cluster without objects, in which everything may be done, but for what `answer` says of single calls. */
function cluster(answer: (request: ApiRequest) => unknown): Connection {
  return fakeConnection((request) => {
    const special = answer(request);
    if (special !== undefined) return special;
    if (request.path === "/api/v1") return coreKinds;
    if (request.path.endsWith("selfsubjectaccessreviews")) return { status: { allowed: true } };
    return request.method === "PATCH" ? request.body : undefined;
  }).connection;
}

function plan(connection: Connection, names: readonly string[]) {
  const objects = names.map((name): KubeObject => {
    const kind = name === "secret" ? "Secret" : "ConfigMap";
    return { apiVersion: "v1", kind, metadata: { name, namespace: "shop" } };
  });
  return planApply(connection, objects, { objectOf: (object) => object, namespace: "shop", signal });
}

function words({ object, state, message }: PlannedObject<unknown>): string {
  return [object.metadata.name, state, ...(message === undefined ? [] : [message])].join(" · ");
}

const isOf = (name: string, { path }: ApiRequest): boolean => path.endsWith(`/configmaps/${name}`);

test("an object whose read or dry run hangs cannot be applied, the others can", async () => {
  const connection = cluster((request) => {
    if (isOf("read", request) && request.method === undefined) return late();
    return isOf("webhook", request) && request.method === "PATCH" ? late() : undefined;
  });
  const { objects } = await plan(connection, ["a", "read", "webhook"]);
  expect(objects.map(words)).toEqual([
    "a · created",
    "read · failed · Timed out: dev.example.com does not answer.",
    "webhook · failed · Timed out: dev.example.com does not answer.",
  ]);
});

test("what an API server that is busy does not say is told by what was asked of it", async () => {
  const busy = (): ApiError => new ApiError("busy", "The API server is busy.");
  const connection = cluster((request) => {
    if (isOf("webhook", request) && request.method === "PATCH") return busy();
    return request.path.endsWith("reviews") && JSON.stringify(request.body).includes('"secrets"') ? busy() : undefined;
  });
  const { objects } = await plan(connection, ["a", "webhook", "secret"]);
  expect(objects.map(words).sort()).toEqual([
    "a · created",
    "secret · failed · Nobody said whether you may get secrets. It could not be asked: The API server is busy.",
    "webhook · failed · It could not be tried: The API server is busy.",
  ]);
});

test("an object of which nobody says whether it may be applied is not, and no right is called missing for it", async () => {
  const connection = cluster(({ path, body }) => {
    const asksForSecrets = path.endsWith("reviews") && JSON.stringify(body).includes('"secrets"');
    return asksForSecrets ? late() : undefined;
  });
  const { objects, missing } = await plan(connection, ["a", "secret"]);
  expect(missing).toEqual([]);
  expect(objects.map(words).sort()).toEqual([
    "a · created",
    "secret · failed · Nobody said whether you may get secrets. Timed out: dev.example.com does not answer.",
  ]);
});

test("a role that is for single objects is enough for these, and for no others", async () => {
  const held = { "/api/v1/namespaces/shop/configmaps/mine": { metadata: { name: "mine", namespace: "shop" } } };
  const connection = cluster(({ path, method, body }) => {
    if (method === undefined && path in held) return held[path as keyof typeof held];
    if (!path.endsWith("reviews")) return undefined;
    const { spec } = body as { readonly spec: { readonly resourceAttributes: { readonly name?: string } } };
    return { status: { allowed: spec.resourceAttributes.name === "mine" } };
  });
  const { objects, missing } = await plan(connection, ["mine"]);
  expect([objects.map(words), missing]).toEqual([["mine · configured"], []]);
  const both = await plan(connection, ["mine", "theirs"]);
  expect(both.missing.map(({ right }) => right.verb).sort()).toEqual(["create", "get", "patch"]);
});

test("a cluster that answers nothing is told once, before anything is planned", async () => {
  await expect(plan(cluster(late), ["a", "b"])).rejects.toThrow("does not answer");
});

test("one apply that hangs does not keep the next from being tried, two in a row do, whatever is passed over between", async () => {
  const run = async (hanging: readonly string[], conflicting = ""): Promise<readonly string[]> => {
    const planned = await plan(
      cluster(() => undefined),
      ["a", "b", "c", "d"],
    );
    const conflicts = [{ manager: "hpa", field: ".data" }];
    const objects = planned.objects.map((each) =>
      each.object.metadata.name === conflicting ? { ...each, conflicts } : each,
    );
    const connection = cluster((request) => (hanging.some((name) => isOf(name, request)) ? late() : undefined));
    const results = await runApply(connection, objects, { force: () => false, clock, signal });
    return results.map(({ planned, state }) => `${planned.object.metadata.name} ${state}`);
  };
  expect(await run(["b"])).toEqual(["a created", "b unknown", "c created", "d created"]);
  expect(await run(["b", "d"])).toEqual(["a created", "b unknown", "c created", "d unknown"]);
  expect(await run(["b", "c"])).toEqual(["a created", "b unknown", "c unknown", "d skipped"]);
  expect(await run(["a", "c"], "b")).toEqual(["a unknown", "b skipped", "c unknown", "d skipped"]);
});

test("a server that is busy for an hour is asked again a few times within a minute", async () => {
  const { objects } = await plan(
    cluster(() => undefined),
    ["a"],
  );
  const busy = new ApiError("busy", "Too many requests.", { retryAfter: 3_600_000 });
  const pauses: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  const connection = cluster(({ method }) => (method === "PATCH" ? busy : undefined));
  const results = await runApply(connection, objects, { force: () => false, clock: { ...clock, sleep }, signal });
  expect(results.map(({ state, message }) => [state, message])).toEqual([["failed", "Too many requests."]]);
  expect(pauses).toEqual([15_000, 15_000, 15_000]);
});
