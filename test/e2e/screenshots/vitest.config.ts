import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `npm run screenshot`: takes the pictures of the README, and those that a person looks at before a release. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    include: ["test/e2e/screenshots/*.shots.ts"],
    globalSetup: ["test/cluster/support/globalSetup.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
