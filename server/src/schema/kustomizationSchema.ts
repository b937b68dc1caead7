import file from "../../../schemas/kustomization.json";
import { loadSchemas, type SchemaFile } from "./loadSchemas";
import type { KindSchema, Schema } from "./schema";

const written: SchemaFile = file;

/** The schemas of Kustomization and Component. */
export const kustomizationSchemas: readonly KindSchema[] = loadSchemas(written);

/** The schema of a Kustomization or Component. */
export function kustomizationSchema(kind: "Kustomization" | "Component"): Schema {
  return kustomizationSchemas.find((candidate) => candidate.kind === kind)?.schema ?? {};
}
