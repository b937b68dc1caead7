import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The tests in a real VS Code: `npm run test:vscode`. One VS Code at a time, since each wants a core for itself. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/e2e/**/*.test.ts"],
    exclude: ["test/e2e/host/**"],
    globalSetup: ["test/e2e/globalSetup.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A busy machine may take a while to save a file.
    expect: { poll: { timeout: 90_000 } },
  },
});
