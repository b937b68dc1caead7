import { buildSchemas } from "../../schemas/scripts/build.mjs";

/** The folder that gets `schemas/` for the tests, relative to the project. */
const bundleFolder = "node_modules/.cache/gitops-author/test";

/** Set-up of the suites that look schemas up: builds the bundle, or copies it when nothing changed. */
export default async function setup(): Promise<void> {
  await buildSchemas(bundleFolder);
}
