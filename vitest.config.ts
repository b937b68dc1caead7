import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Builds the schemas that the server ships. */
const globalSetup = ["test/support/buildSchemaBundle.ts"];

const processGroup = fileURLToPath(new URL("server/src/platform/node/processGroup.ts", import.meta.url));

/** As in the bundles (`esbuild.mjs`), simple-git starts git through our adapter. */
const startInGroups = {
  name: "start-in-groups",
  transform: (code: string, id: string) =>
    id.includes("/node_modules/simple-git/")
      ? code.replace('"node:child_process"', JSON.stringify(processGroup))
      : undefined,
};

/** Installs the registry that these tests talk to, where it is missing and we may. */
const registrySetup = ["test/support/installDockerRegistry.ts"];

/** The suites of `npm test` that run under vitest; the ones inside VS Code run under mocha (test/e2e). */
export default defineConfig({
  plugins: [startInGroups],
  test: {
    server: { deps: { inline: ["simple-git"] } },
    // These end what hangs. A busy machine takes minutes for what takes seconds otherwise; how fast things are is for the bench.
    testTimeout: 300_000,
    // Suites that bundle the product first do so in a hook.
    hookTimeout: 300_000,
    // What another process or thread does may take a while, too.
    expect: { poll: { timeout: 90_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/{server,client}/**/*.test.ts"],
          exclude: ["test/server/registry/**"],
          globalSetup,
        },
      },
      { extends: true, test: { name: "architecture", include: ["test/architecture.test.ts"] } },
      { extends: true, test: { name: "lsp", include: ["test/lsp/**/*.test.ts"] } },
      { extends: true, test: { name: "kubectl", include: ["test/conformance/kubectl/**/*.test.ts"] } },
      {
        extends: true,
        test: { name: "registry", include: ["test/server/registry/**/*.test.ts"], globalSetup: registrySetup },
      },
      { extends: true, test: { name: "conformance", include: ["test/conformance/krusty/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "cluster",
          include: ["test/cluster/**/*.test.ts"],
          globalSetup: ["test/cluster/support/globalSetup.ts"],
          // Each file has an API server, and some a VS Code, of its own.
          fileParallelism: false,
        },
      },
      { extends: true, test: { name: "corpus", include: ["test/conformance/corpus/{corpus,origins,yaml}.test.ts"] } },
      { extends: true, test: { name: "findings", include: ["test/conformance/corpus/findings.test.ts"], globalSetup } },
    ],
  },
});
