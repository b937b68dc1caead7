import type { Schema } from "./schema";

/** The schema of what stands at a path; `undefined` where the schema says nothing. */
export function schemaAt(schema: Schema, path: readonly (string | number)[]): Schema | undefined {
  let current: Schema | undefined = schema;
  for (const step of path) {
    current = typeof step === "number" ? current?.items : fieldOf(current, step);
    if (current === undefined) return undefined;
  }
  return current;
}

/** The schema of a field; of any other key where the object takes them. */
export function fieldOf(schema: Schema | undefined, name: string): Schema | undefined {
  const known = schema?.properties?.get(name);
  if (known !== undefined) return known;
  return schema?.others === true ? undefined : schema?.others;
}

/** A field that may be added to an object. */
export interface OpenField {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The fields that an object does not have yet: the required ones first, then in canonical order. */
export function openFields(schema: Schema, present: ReadonlySet<string>): readonly OpenField[] {
  const fields: OpenField[] = [];
  for (const [name, field] of schema.properties ?? []) {
    if (!present.has(name)) fields.push({ name, schema: field, required: schema.required?.includes(name) ?? false });
  }
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}
