import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyOverlay, type Overlay, readSchemaFile, type SchemaFile } from "../../../schemas/scripts/handWritten";
import type { Schema, Types } from "../../../schemas/scripts/schema";
import { shardSources } from "../../../schemas/scripts/sources";

const folder = new URL("../../../schemas/", import.meta.url);

describe("a file with kinds of its own", () => {
  const file: SchemaFile = {
    kinds: [{ apiVersion: "tekton.dev/v1", kind: "Task", schema: "Task" }],
    definitions: {
      Step: { type: "object", properties: { image: { type: "string" }, resources: { type: "object" } } },
      OldStep: { extends: "Step", without: ["resources"], properties: { ports: { type: "array" } } },
      Task: { type: "object", properties: { step: { $ref: "OldStep" } } },
    },
  };

  it("may take over the fields of another definition, and leave some out", () => {
    expect(readSchemaFile(file, "f").get("OldStep")?.schema).toEqual({
      type: "object",
      properties: { image: { type: "string" }, ports: { type: "array" } },
    });
  });

  it("names its kinds by apiVersion and kind", () => {
    expect(readSchemaFile(file, "f").get("tekton.dev/v1/Task")?.kind).toEqual({
      apiVersion: "tekton.dev/v1",
      kind: "Task",
    });
  });

  it("stops the build when it leaves out what is not there", () => {
    const definitions: SchemaFile["definitions"] = { A: { properties: {} }, B: { extends: "A", without: ["x"] } };
    expect(() => readSchemaFile({ kinds: [], definitions }, "f.json")).toThrow("f.json: A has no field x to leave out");
  });
});

describe("an overlay", () => {
  const upstream: Types = new Map([
    [
      "v1/Spec",
      {
        schema: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string" }, list: { type: "array", items: {} } },
        },
      },
    ],
  ]);

  it("adds words, replaces them, and takes them away with null", () => {
    const overlay: Overlay = {
      changes: {
        "v1/Spec": { required: null, properties: { name: { pattern: "^a" }, list: { items: { enum: ["x"] } } } },
      },
    };
    expect(applyOverlay(upstream, overlay, "o").get("v1/Spec")?.schema).toEqual({
      type: "object",
      properties: { name: { type: "string", pattern: "^a" }, list: { type: "array", items: { enum: ["x"] } } },
    });
  });

  it("replaces a type that upstream describes wrongly", () => {
    const overlay: Overlay = { changes: {}, replaced: { "v1/Spec": { type: "array", items: { type: "string" } } } };
    expect(applyOverlay(upstream, overlay, "o").get("v1/Spec")?.schema).toEqual({
      type: "array",
      items: { type: "string" },
    });
    expect(() => applyOverlay(new Map(), overlay, "o.json")).toThrow("o.json: upstream has no type v1/Spec any more");
  });

  it("puts fields in front", () => {
    const schema = applyOverlay(upstream, { changes: { "v1/Spec": { first: ["list"] } } }, "o").get("v1/Spec")?.schema;
    expect(Object.keys(schema?.properties ?? {})).toEqual(["list", "name"]);
  });

  it.each<[string, Overlay["changes"]]>([
    ["o.json: upstream has no field v1/Spec.gone any more", { "v1/Spec": { first: ["gone"] } }],
    ["o.json: upstream has no type v1/Gone any more", { "v1/Gone": { description: "" } }],
    [
      "o.json: upstream has no field v1/Spec.gone any more",
      { "v1/Spec": { properties: { gone: { description: "" } } } },
    ],
    ["o.json: upstream's v1/Spec.name is no list any more", { "v1/Spec": { properties: { name: { items: {} } } } }],
    ["o.json: upstream has v1/Spec.name by now", { "v1/Spec": { added: { name: { type: "string" } } } }],
  ])("stops the build: %s", (message, changes) => {
    expect(() => applyOverlay(upstream, { changes }, "o.json")).toThrow(message);
  });
});

describe("what is written by hand", () => {
  const files = shardSources.flatMap(({ files: own = [], overlays = [] }) => [...own, ...overlays]);

  it("is all part of the bundle", () => {
    const tables = ["kinds.json", "mergeKeys.json", "removedApis.json", "tsconfig.json"];
    const present = readdirSync(folder).filter((file) => file.endsWith(".json") && !tables.includes(file));
    expect(present.sort()).toEqual([...new Set(files)].sort());
  });

  it.each(files)("%s has a type and a description for each field", (file) => {
    const { definitions = {}, changes = {} } = read(file);
    const roots = Object.entries({
      ...definitions,
      ...mapValues(changes, ({ added = {} }) => ({ properties: added })),
    });
    expect(roots.flatMap(([name, schema]) => bareFields(schema, name, definitions))).toEqual([]);
  });

  it.each(files)("%s has as many explanations of values as values", (file) => {
    const uneven: string[] = [];
    visit(read(file), (schema, path) => {
      const { enum: values, enumDescriptions: texts } = schema;
      if (texts !== undefined && texts.length !== values?.length) uneven.push(path);
    });
    expect(uneven).toEqual([]);
  });
});

function read(file: string): Partial<SchemaFile & Overlay> {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Partial<SchemaFile & Overlay>;
}

/** The fields below a schema that say nothing of their type, or nothing to the reader of a hover, also not where they refer to. */
function bareFields(
  { properties = {}, items }: Schema,
  path: string,
  definitions: SchemaFile["definitions"],
): string[] {
  const own = Object.entries(properties).flatMap(([name, field]) => {
    const described = field.description ?? definitions[field.$ref ?? ""]?.description;
    const complete = described && (field.type ?? field.$ref);
    return [...(complete ? [] : [`${path}.${name}`]), ...bareFields(field, `${path}.${name}`, definitions)];
  });
  return [...own, ...(items === undefined ? [] : bareFields(items, `${path}[]`, definitions))];
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function visit(value: unknown, look: (schema: Schema, path: string) => void, path = ""): void {
  if (typeof value !== "object" || value === null) return;
  look(value as Schema, path);
  for (const [key, part] of Object.entries(value)) visit(part, look, `${path}/${key}`);
}
