import type { FileSystem } from "../platform/fileSystem";
import { customKinds } from "../schema/customResources";
import { openApiKinds } from "../schema/openApi";
import { type SchemaSource, sourceOf } from "../schema/schemaSource";
import { readDocuments } from "../yaml/read";
import { scan } from "./scan";

/**
 * Reads a folder of schemas: CustomResourceDefinitions, OpenAPI files, and JSON Schemas that say their apiVersion and kind, as
 * YAML or JSON. Never rejects: what cannot be read knows no kinds.
 */
export async function loadSchemaFolder(fileSystem: FileSystem, folder: string): Promise<SchemaSource> {
  const { found } = await scan(fileSystem, folder, (name) => /\.(?:ya?ml|json)$/i.test(name));
  const files = [...found.values()].flatMap((each) => (each.kind === "file" ? [each.source] : []));
  return sourceOf(
    files.flatMap((file) => {
      const from = { source: "folder" as const, title: file.path };
      return readDocuments(file).flatMap(({ root }) => [...customKinds(root, from), ...openApiKinds(root, from)]);
    }),
  );
}
