import file from "../../../schemas/kustomization.json";
import { loadSchemas, type SchemaFile } from "./loadSchemas";
import type { KindSchema, Schema } from "./schema";

/** The schemas of Kustomization and Component, made anew; keep what it gives. */
export function loadKustomizationSchemas(): readonly KindSchema[] {
  const written: SchemaFile = file;
  return loadSchemas(written);
}

/** The schema of a kind among those given; that of the first when the kind is none of them, as a kustomization may omit it. */
export function schemaOfKind(schemas: readonly KindSchema[], kind: string | undefined): Schema {
  const found = schemas.find((candidate) => candidate.kind === kind) ?? schemas[0];
  return found?.schema ?? {};
}
