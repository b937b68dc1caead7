import { expect, test } from "vitest";
import { createBundle } from "../../../server/src/schema/bundle";
import { schemaAt } from "../../../server/src/schema/lookUp";
import { schemaBundle as bundle } from "../../support/schemaBundle";

const deployment = bundle.find("apps/v1", "Deployment");

test("a field is found through the references of definitions", () => {
  const path = ["spec", "template", "spec", "containers", 0, "imagePullPolicy"];
  expect(deployment?.schema && schemaAt(deployment.schema, path)?.values?.map(({ value }) => value)).toContain(
    "Always",
  );
});

test("an int-or-string has both types", () => {
  const path = ["spec", "strategy", "rollingUpdate", "maxSurge"];
  const found = deployment?.schema && schemaAt(deployment.schema, path);
  expect([found?.type, found?.types, found?.format]).toEqual([undefined, ["string", "integer"], "int-or-string"]);
});

test("a reference to another shard is followed, and descriptions come with it", () => {
  const task = bundle.find("tekton.dev/v1", "Task")?.schema;
  const found = task && schemaAt(task, ["spec", "steps", 0, "env", 0, "valueFrom"]);
  expect(found?.properties?.has("secretKeyRef")).toBe(true);
  expect(found?.description).toContain("value");
});

test("what is known of a kind comes from the index", () => {
  expect(bundle.find("v1", "Namespace")).toMatchObject({ scope: "Cluster", plural: "namespaces", shortNames: ["ns"] });
  expect(deployment).toMatchObject({ scope: "Namespaced", from: { source: "bundle" } });
  expect(deployment?.from.title).toMatch(/^Kubernetes \d/);
  const gone = bundle.find("extensions/v1beta1", "Deployment");
  expect(gone?.lifecycle).toMatchObject({ removed: "1.16", use: "apps/v1" });
});

test("what is in no bundle is not known, whatever it is called", () => {
  expect(bundle.find("constructor", "toString")).toBeUndefined();
  expect(bundle.find("v1", "__proto__")).toBeUndefined();
});

test("files that cannot be read make kinds unknown", () => {
  const nothing = { index: () => undefined, structure: () => undefined, descriptions: () => undefined };
  expect(createBundle(nothing).find("v1", "Pod")).toBeUndefined();
  expect([...createBundle(nothing).kinds()]).toEqual([]);
});

test("each file is read once, and only when it is asked for", () => {
  const read: string[] = [];
  const small = createBundle({
    index: () => {
      read.push("index");
      return { shards: { a: { title: "A" } }, kinds: { v1: { Pod: { schema: "a#Pod", plural: "pods" } } } };
    },
    structure: (shard) => {
      read.push(shard);
      return { definitions: { Pod: { type: "object", properties: { next: { $ref: "Pod" } } } } };
    },
    descriptions: (shard) => {
      read.push(`${shard} descriptions`);
      return { Pod: { "": "A pod.", next: "Another one." } };
    },
  });
  const known = small.find("v1", "Pod");
  expect(read).toEqual(["index"]);
  expect(known?.schema && schemaAt(known.schema, ["next", "next", "next"])?.type).toBe("object");
  expect(read).toEqual(["index", "a"]);
  expect(known?.schema && schemaAt(known.schema, ["next", "next"])?.description).toBe("Another one.");
  expect(known?.schema?.description).toBe("A pod.");
  expect(read).toEqual(["index", "a", "a descriptions"]);
});
