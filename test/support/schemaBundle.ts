import { nodeBundleFiles } from "../../server/src/platform/node/bundleFiles";
import { createBundle, type SchemaBundle } from "../../server/src/schema/bundle";

/** The schemas that the product ships, made for the tests by `buildSchemaBundle.ts`. Each shard is read once for a test file. */
export const schemaBundle: SchemaBundle = createBundle(
  nodeBundleFiles("node_modules/.cache/gitops-author/test/schemas"),
);
