import { expect, test } from "vitest";
import { kustomizationShape } from "../../../server/src/kustomize/kustomizationShape";
import type { Shape } from "../../../server/src/kustomize/shape";
import { kustomizationSchema, kustomizationSchemas } from "../../../server/src/schema/kustomizationSchema";
import type { Schema } from "../../../server/src/schema/schema";

/** What the engine's decoder reads, as paths with their types. */
function ofShape(shape: Shape, path: string): string[] {
  switch (shape.kind) {
    case "object":
      return [...shape.fields].flatMap(([name, field]) => ofShape(field, `${path}/${name}`));
    case "list":
      return ofShape(shape.items, `${path}/*`);
    default:
      return [`${path} ${shape.kind}`];
  }
}

/** The same of a schema. */
function ofSchema(schema: Schema, path: string): string[] {
  if (schema.type === "array") return ofSchema(schema.items ?? {}, `${path}/*`);
  if (schema.type === "object" && schema.others === true) return [`${path} any`];
  if (schema.type === "object" && schema.others !== undefined) return [`${path} pairs`];
  if (schema.type === "object")
    return [...(schema.properties ?? [])].flatMap(([name, f]) => ofSchema(f, `${path}/${name}`));
  return [`${path} ${schema.type}`];
}

test.each(["Kustomization", "Component"] as const)(
  "the schema of %s has the fields that the engine's decoder reads",
  (kind) => {
    expect(ofSchema(kustomizationSchema(kind), "").toSorted()).toEqual(ofShape(kustomizationShape, "").toSorted());
  },
);

test("the fields stand in the order in which `kustomize edit` writes them", () => {
  const fields = kustomizationShape.kind === "object" ? [...kustomizationShape.fields.keys()] : [];
  expect([...(kustomizationSchema("Kustomization").properties?.keys() ?? [])]).toEqual(fields);
});

test("every field has a description", () => {
  const undescribed: string[] = [];
  const visit = (schema: Schema, path: string): void => {
    for (const [name, field] of schema.properties ?? []) {
      if (field.description === undefined) undescribed.push(`${path}/${name}`);
      visit(field, `${path}/${name}`);
    }
    if (schema.items !== undefined) visit(schema.items, `${path}/*`);
  };
  for (const { kind, schema } of kustomizationSchemas) visit(schema, kind);
  expect(undescribed.filter((path) => !path.endsWith("/options"))).toEqual([]);
});

test("a deprecated field names one that is there", () => {
  const properties = kustomizationSchema("Kustomization").properties ?? new Map<string, Schema>();
  const replacements = [...properties.values()].flatMap((field) => field.deprecated ?? []);
  expect(replacements.length).toBeGreaterThan(5);
  expect(replacements.filter((name) => !properties.has(name))).toEqual([]);
});
