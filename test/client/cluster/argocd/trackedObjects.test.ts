import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { findTracked, type TrackedObjects } from "../../../../client/src/cluster/argocd/trackedObjects";
import type { ApiRequest } from "../../../../client/src/cluster/connection";
import { describeTracked } from "../../../../client/src/features/syncPlan/trackedWords";
import { fakeConnection } from "../../../support/fakeConnection";

const { signal } = new AbortController();
const verbs = ["get", "list", "delete"];

/** What the API server says of its kinds, all at once. */
const discovered = {
  items: [
    {
      metadata: { name: "apps" },
      versions: [
        { version: "v1", resources: [resource("deployments", "Deployment")] },
        { version: "v1beta1", resources: [resource("deployments", "Deployment"), resource("olds", "Old")] },
      ],
    },
    {
      metadata: { name: "books.example.com" },
      versions: [
        {
          version: "v2",
          resources: [
            resource("shelves", "Shelf"),
            resource("libraries", "Library", "Cluster"),
            { ...resource("reports", "Report"), verbs: ["create"] },
          ],
        },
      ],
    },
    {
      metadata: { name: "metrics.k8s.io" },
      versions: [{ version: "v1", resources: [resource("pods", "PodMetrics")] }],
    },
    { metadata: { name: "down.example.com" }, versions: [{ version: "v1", freshness: "Stale" }] },
  ],
};

function resource(plural: string, kind: string, scope = "Namespaced") {
  return { resource: plural, responseKind: { kind }, scope, verbs };
}

function cluster(answer: (request: ApiRequest) => unknown) {
  return fakeConnection((request) => {
    const special = answer(request);
    if (special !== undefined) return special;
    if (request.path === "/api") return { items: [] };
    if (request.path === "/apis") return discovered;
    if (request.path.endsWith("rulesreviews")) return rules({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] });
    return { items: null };
  });
}

function rules(...resourceRules: readonly object[]) {
  return { status: { incomplete: false, resourceRules } };
}

const application: Application = {
  metadata: { name: "book", namespace: "argocd" },
  spec: { destination: { namespace: "shop" } },
};

const tracked = (kind: string, name: string, namespace = "shop") => ({
  metadata: { name, annotations: { "argocd.argoproj.io/tracking-id": `book:${kind}:${namespace}/${name}` } },
});

function words({ objects }: TrackedObjects): readonly string[] {
  return objects.map(({ group, version, kind, namespace, name }) => `${group}/${version} ${kind} ${namespace}/${name}`);
}

const lists = (asked: readonly ApiRequest[]): readonly string[] =>
  asked.flatMap(({ path, method }) => (method === undefined && path.split("/").length > 3 ? [path] : []));

test("every kind that the cluster serves is looked at once, outside of namespaces too, and without values", async () => {
  const { connection, asked } = cluster(({ path, query }) => {
    if (path.endsWith("/libraries")) return { items: [tracked("books.example.com/Library", "town")] };
    if (!path.endsWith("/shelves")) return undefined;
    if (query?.["continue"] === undefined) {
      return { metadata: { continue: "2" }, items: [tracked("books.example.com/Shelf", "a")] };
    }
    const copied = tracked("books.example.com/Shelf", "a");
    const other = tracked("books.example.com/Shelf", "c", "other");
    return { items: [{ metadata: { ...copied.metadata, name: "b" } }, other, tracked("books.example.com/Shelf", "d")] };
  });
  const found = await findTracked(connection, application, { signal });
  expect(words(found)).toEqual([
    "books.example.com/v2 Shelf shop/a",
    "books.example.com/v2 Shelf shop/d",
    "books.example.com/v2 Library undefined/town",
  ]);
  expect(new Set(lists(asked))).toEqual(
    new Set([
      "/apis/apps/v1/namespaces/shop/deployments",
      "/apis/apps/v1beta1/namespaces/shop/olds",
      "/apis/books.example.com/v2/namespaces/shop/shelves",
      "/apis/books.example.com/v2/libraries",
    ]),
  );
  expect(asked.filter(({ path }) => path.endsWith("/shelves")).every(({ accept }) => accept?.includes("Partial"))).toBe(
    true,
  );
  expect(found.notes).toEqual([expect.stringContaining("down.example.com")]);
  expect(describeTracked(found, "shop")).toMatch(/looked up in shop .* in 4 kinds; not in other namespaces\.$/);
});

test("what may not be listed is not asked for where the API server names all rights, and is said", async () => {
  const { connection, asked } = cluster(({ path }) =>
    path.endsWith("rulesreviews")
      ? rules(
          { verbs: ["get", "list"], apiGroups: ["apps"], resources: ["*"] },
          { verbs: ["list"], apiGroups: ["books.example.com"], resources: ["shelves"], resourceNames: ["one"] },
        )
      : undefined,
  );
  const found = await findTracked(connection, application, { signal });
  expect(lists(asked).some((path) => path.includes("books.example.com"))).toBe(false);
  expect(found.unseen).toEqual(["Shelf", "Library"]);
  expect(describeTracked(found, "shop")).toContain("You may not list Shelf, Library there.");
});

test("a name with colons is known, and what is marked for another kind or namespace is not", async () => {
  const { connection } = cluster(({ path }) => {
    const kind = "books.example.com/Library";
    if (path.endsWith("/libraries")) return { items: [tracked(kind, "system:town"), tracked("v1/Library", "other")] };
    return path.endsWith("/deployments") ? { items: [tracked("apps/Deployment", "a:b", "elsewhere")] } : undefined;
  });
  const found = await findTracked(connection, application, { signal });
  expect(words(found)).toEqual(["books.example.com/v2 Library undefined/system:town"]);
});

test("a kind that hangs is named with the reason, and the others are found", async () => {
  const { connection } = cluster(({ path }) => {
    if (path.endsWith("/shelves")) return new ApiError("timeout", "dev.example.com does not answer.");
    if (path.endsWith("/libraries")) return new ApiError("forbidden", "You may not.");
    return path.endsWith("/deployments") ? { items: [tracked("apps/Deployment", "web")] } : undefined;
  });
  const found = await findTracked(connection, application, { signal });
  expect(words(found)).toEqual(["apps/v1 Deployment shop/web"]);
  expect(describeTracked(found, "shop")).toMatch(
    /in 2 kinds.* You may not list Library there\. Not looked at: Shelf\. Timed out: .* Plan again/,
  );
});

test("where the cluster does not say its kinds, the usual ones and those of the status are looked at, and it is said", async () => {
  const { connection, asked } = cluster(({ path }) =>
    path === "/apis" ? new ApiError("refused", "The API server answered 500.") : undefined,
  );
  const resources = ["Library", "Gateway"].map((kind) => {
    return { group: "books.example.com", version: "v2", kind, namespace: "shop", name: "a" };
  });
  const found = await findTracked(connection, { ...application, status: { resources } }, { signal });
  expect(lists(asked)).toContain("/apis/books.example.com/v2/namespaces/shop/libraries");
  expect(lists(asked)).toContain("/apis/books.example.com/v2/namespaces/shop/gateways");
  expect(lists(asked)).toContain("/apis/networking.k8s.io/v1/namespaces/shop/ingresses");
  expect(lists(asked).length).toBe(20);
  expect(found.notes).toEqual([expect.stringMatching(/^Only the usual kinds were looked at.* answered 500\.$/)]);
});

test("an old API server is asked for each group", async () => {
  const { connection, asked } = cluster(({ path }) => {
    if (path === "/api") return { versions: ["v1"] };
    if (path === "/api/v1") return { resources: [{ name: "configmaps", kind: "ConfigMap", namespaced: true, verbs }] };
    if (path === "/apis") return { groups: [{ preferredVersion: { groupVersion: "down.example.com/v1" } }] };
    return path === "/apis/down.example.com/v1" ? new ApiError("busy", "later") : undefined;
  });
  const found = await findTracked(connection, application, { signal });
  expect(lists(asked).filter((path) => path.includes("/namespaces/"))).toEqual(["/api/v1/namespaces/shop/configmaps"]);
  expect(found.notes).toEqual([expect.stringContaining("down.example.com")]);
});

test("by label the API server chooses, with the value cut to what a label takes", async () => {
  const name = `${"a".repeat(62)}-long`;
  const value = "a".repeat(62);
  const { connection, asked } = cluster(({ path }) =>
    path.endsWith("/deployments")
      ? { items: [{ metadata: { name: "web", labels: { "example.com/app": value } } }] }
      : undefined,
  );
  const configuration = {
    "application.resourceTrackingMethod": "label",
    "application.instanceLabelKey": "example.com/app",
  };
  const metadata = { ...application.metadata, name };
  const found = await findTracked(connection, { ...application, metadata }, { configuration, signal });
  expect(words(found)).toEqual(["apps/v1 Deployment shop/web"]);
  const selectors = new Set(asked.flatMap(({ query }) => query?.["labelSelector"] ?? []));
  expect(selectors).toEqual(new Set([`example.com/app=${value}`]));
});
