import { expect, test } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import type { Application } from "../../../client/src/cluster/argocd/application";
import { compareWithCluster, type ObjectComparison } from "../../../client/src/cluster/compareWithCluster";
import type { ApiRequest } from "../../../client/src/cluster/connection";
import { findResourceType } from "../../../client/src/cluster/discovery";
import type { ComparedObject } from "../../../server/src/protocol/compareObjects";
import { coreKinds, fakeConnection } from "../../support/fakeConnection";

const start = { line: 0, character: 0 };
const source = { uri: "file:///ws/a.yaml", range: { start, end: start } };
const maps = "/api/v1/namespaces/shop/configmaps";

/** Compares ConfigMaps of these names with a cluster that has all of them, but for what `answer` says of single calls. */
async function compare(
  names: readonly string[],
  answer: (request: ApiRequest) => unknown,
  application?: Application,
): Promise<readonly string[]> {
  const { connection } = fakeConnection((request) => {
    const special = answer(request);
    if (special !== undefined) return special;
    if (request.path === "/api/v1") return coreKinds;
    const name = request.path.replace(`${maps}/`, "");
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" } };
  });
  const objects = names.map((name) => ({
    json: JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }),
    source,
  }));
  const build = { subject: {}, label: ".", complete: true, problems: [], notes: [], objects };
  const same: ComparedObject = {
    ...{ state: "same", live: "", desired: "", differences: [], sources: [], notHonoured: [] },
  };
  const found = await compareWithCluster(connection, [build], {
    ...{ namespace: "shop", application, signal: new AbortController().signal },
    ask: async ({ pairs }) => pairs.map(() => same),
  });
  return found.map(words);
}

function words({ name, state, notes }: ObjectComparison): string {
  return [name, state, ...notes].join(" · ");
}

const late = (): ApiError => new ApiError("timeout", "dev.example.com does not answer.");

test("an object whose read hangs is told as such, and the others are compared", async () => {
  const found = await compare(["a", "b", "c"], ({ path }) => (path === `${maps}/b` ? late() : undefined));
  expect(found).toEqual(["a · same", "b · unread · Timed out: dev.example.com does not answer.", "c · same"]);
});

test("of an object whose dry run hangs the written fields are compared", async () => {
  const found = await compare(["a", "b"], ({ path, method }) =>
    method === "PATCH" && path === `${maps}/b` ? late() : undefined,
  );
  expect(found[0]).toBe("a · same");
  expect(found[1]).toMatch(/^b · same · The API server did not say .* Only the fields that the files set/);
});

test("when several dry runs hang the rest is not kept waiting", async () => {
  const names = Array.from({ length: 40 }, (_, i) => `c${i}`);
  let dryRuns = 0;
  const found = await compare(names, ({ method }) => {
    if (method !== "PATCH") return undefined;
    dryRuns++;
    return late();
  });
  expect(dryRuns).toBeLessThan(15);
  expect(found.at(-1)).toMatch(/^c39 · same · The API server did not say .*: Not asked any more: .* Only the fields/);
});

test("an object that nobody renders any more and that cannot be read does not end the comparison either", async () => {
  const resources = ["gone", "old"].map((name) => ({ version: "v1", kind: "ConfigMap", name, namespace: "shop" }));
  const application: Application = { metadata: { name: "book" }, status: { resources } };
  const broken = new ApiError("refused", "The API server answered 500.");
  const found = await compare(["a"], ({ path }) => (path === `${maps}/gone` ? broken : undefined), application);
  expect(found).toEqual([
    "a · same",
    "gone · unread · It could not be read: The API server answered 500.",
    "old · same",
  ]);
});

test("of an object that nobody renders any more it is said what it says itself", async () => {
  const resources = [{ version: "v1", kind: "ConfigMap", name: "old", namespace: "shop" }];
  const annotations = {
    "argocd.argoproj.io/sync-options": "Prune=false",
    "argocd.argoproj.io/compare-options": "IgnoreExtraneous",
  };
  const old = { metadata: { name: "old", namespace: "shop", annotations } };
  const application: Application = { metadata: { name: "book" }, status: { resources } };
  const found = await compare([], ({ path }) => (path === `${maps}/old` ? old : undefined), application);
  expect(found).toEqual([
    "old · same · No sync deletes it: it says Prune=false. · Argo CD does not call it out of sync: it says IgnoreExtraneous.",
  ]);
});

test("a cluster that answers nothing is told once", async () => {
  await expect(compare(["a", "b"], late)).rejects.toThrow("dev.example.com does not answer.");
});

test("a question that another command asked and gave up is asked again", async () => {
  let calls = 0;
  const { connection } = fakeConnection(() => {
    calls++;
    return calls === 1 ? new ApiError("cancelled", "The call was cancelled.") : coreKinds;
  });
  const theirs = findResourceType(connection, { apiVersion: "v1", kind: "ConfigMap" });
  const ours = findResourceType(connection, { apiVersion: "v1", kind: "ConfigMap" });
  await expect(theirs).rejects.toThrow("cancelled");
  expect(await ours).toMatchObject({ plural: "configmaps" });
});
