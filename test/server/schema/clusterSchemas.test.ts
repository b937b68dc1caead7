import { expect, test } from "vitest";
import type { GroupVersionSchemas } from "../../../server/src/protocol/observe";
import { clusterSource } from "../../../server/src/schema/clusterSchemas";
import { fieldOf, schemaAt } from "../../../server/src/schema/lookUp";
import type { Schema } from "../../../server/src/schema/schema";
import { sourceOf } from "../../../server/src/schema/schemaSource";
import { createSchemas } from "../../../server/src/schema/schemas";
import { schemaBundle } from "../../support/schemaBundle";

/** What a cluster says of a kind `Book` whose spec has these fields. */
function books(properties: object, more: object = {}): GroupVersionSchemas {
  const meta = { description: "Words of its own.", allOf: [{ $ref: "#/components/schemas/Meta" }] };
  return {
    apiVersion: "example.com/v1",
    kinds: [{ kind: "Book", definition: "Book", plural: "books", namespaced: true }],
    definitions: {
      Book: {
        type: "object",
        required: ["metadata", "spec"],
        properties: { metadata: meta, spec: { type: "object", properties, ...more } },
      },
      Meta: { type: "object", properties: { name: { type: "string", description: "How it is called." } } },
    },
  };
}

function bookOf(...told: readonly (readonly [string, GroupVersionSchemas])[]) {
  const source = clusterSource(new Map(told.map(([cluster, each]) => [cluster, new Map([[each.apiVersion, each]])])));
  return source?.find("example.com/v1", "Book");
}

function specField(properties: object, name: string): Schema | undefined {
  return schemaAt(bookOf(["dev", books(properties)])?.schema ?? {}, ["spec", name]);
}

test("a kind says who told it, and how it is called in the API", () => {
  const known = bookOf(["dev", books({})]);
  expect(known).toMatchObject({ plural: "books", scope: "Namespaced", from: { source: "cluster", title: "dev" } });
  expect(known?.schema?.required).toEqual(["spec"]);
});

test("the words of Kubernetes for values of two types, free fields and whole objects are understood", () => {
  const intOrString = { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] };
  expect(specField({ port: intOrString }, "port")).toMatchObject({
    types: ["integer", "string"],
    format: "int-or-string",
  });
  const free = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  expect(fieldOf(specField({ any: free }, "any"), "whatever")).toBeUndefined();
  expect(specField({ any: free }, "any")?.others).toBe(true);
  const whole = { type: "object", "x-kubernetes-embedded-resource": true };
  expect(specField({ inner: whole }, "inner")?.embedded).toBe(true);
  const keyed = { type: "array", "x-kubernetes-list-map-keys": ["name"], items: { type: "object" } };
  expect(specField({ list: keyed }, "list")?.mergeKey).toBe("name");
});

test("references are followed, with the words that stand beside them", () => {
  const schema = bookOf(["dev", books({})])?.schema ?? {};
  expect(schemaAt(schema, ["metadata"])?.description).toBe("Words of its own.");
  expect(schemaAt(schema, ["metadata", "name"])?.description).toBe("How it is called.");
});

test("definitions that refer to themselves, or to nothing, or to names of JavaScript, end", () => {
  const definitions = {
    Book: { $ref: "#/components/schemas/Book" },
    Loop: { properties: { again: { $ref: "#/components/schemas/Loop" } } },
  };
  const kinds = ["Book", "Loop", "__proto__", "constructor", "Gone"].map((name) => ({ kind: name, definition: name }));
  const told = { apiVersion: "example.com/v1", kinds, definitions };
  const source = clusterSource(new Map([["dev", new Map([["example.com/v1", told]])]]));
  const again = schemaAt(source?.find("example.com/v1", "Loop")?.schema ?? {}, ["again", "again", "again"]);
  expect(again?.properties?.has("again")).toBe(true);
  for (const kind of ["__proto__", "constructor", "Gone"]) {
    expect(source?.find("example.com/v1", kind)?.schema).toBeUndefined();
  }
  expect(source?.find("example.com/v1", "Book")?.schema?.type).toBeUndefined();
});

test("of several clusters the first counts; a definition in the workspace more than any of them, and what we bring along less", () => {
  expect(bookOf(["dev", books({})], ["stage", books({})])?.from.title).toBe("dev");
  const cluster = clusterSource(new Map([["dev", new Map([["example.com/v1", books({})]])]]));
  const workspace = sourceOf([
    { apiVersion: "example.com/v1", kind: "Book", from: { source: "workspace", title: "crd.yaml" } },
  ]);
  expect(createSchemas({ workspace, cluster }).find("example.com/v1", "Book")?.from.source).toBe("workspace");

  const application = { ...books({}), apiVersion: "argoproj.io/v1alpha1" };
  const kinds = [{ kind: "Application", definition: "Book" }];
  const argocd = clusterSource(new Map([["dev", new Map([[application.apiVersion, { ...application, kinds }]])]]));
  const known = createSchemas({ cluster: argocd, bundle: schemaBundle }).find("argoproj.io/v1alpha1", "Application");
  expect(known?.from).toEqual({ source: "cluster", title: "dev" });
  // What the cluster does not tell comes from ours.
  expect(known?.shortNames).toEqual(["app", "apps"]);
  expect(known?.scope).toBe("Namespaced");
});
