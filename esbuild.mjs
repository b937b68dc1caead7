// `npm run build`: writes everything to dist/. Flags: --watch (rebuild on change), --dev (readable, with source maps),
// --outdir DIR (instead of dist), --only NAME (one bundle, may be given again).
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { context } from "esbuild";
import { bundleNotices } from "./client/scripts/bundleNotices.mjs";
import { buildSchemas } from "./schemas/scripts/build.mjs";

const { values: flags } = parseArgs({
  options: {
    watch: { type: "boolean", default: false },
    dev: { type: "boolean", default: false },
    outdir: { type: "string", default: "dist" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const { watch, outdir, only } = flags;
const production = !watch && !flags.dev;

/** Modules that are bundles of their own, loaded on first use: the import stays, with the name of the file in dist/. */
const ownBundles = new Map([
  ["./serverConnection", "./serverConnection.cjs"],
  ["./check", "./check.cjs"],
  ["./main", "./server.cjs"],
  ["./kubeconfig", "./kubeconfig.cjs"],
  ["./images", "./images.cjs"],
  ["./connectRegistry", "./connectRegistry.cjs"],
  ["./simpleGit", "./simpleGit.cjs"],
]);

/** Packages that most runs of what imports them never need: bundles of their own too, loaded when something of them is first used. */
const lazyPackages = ["re2js", "yaml", "socks"];

/** Puts a module of getters in the place of each lazy package, so that the sources import it like any other. */
const loadLazily = {
  name: "load-lazily",
  setup(build) {
    const filter = new RegExp(`^(${lazyPackages.join("|")})$`);
    build.onResolve({ filter }, ({ path, kind }) => (kind === "entry-point" ? undefined : { path, namespace: "lazy" }));
    build.onResolve({ filter: /\.cjs$/, namespace: "lazy" }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: "lazy" }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== "default");
      const getters = names.map((name) => `get ${name}() { return load().${name}; }`);
      return { contents: `const load = () => require("./${path}.cjs");\nmodule.exports = { ${getters.join(", ")} };` };
    });
  },
};

/** `node-fetch` takes Node's own `URL` where there is one, but imports this large package all the same. */
const useNodesUrl = {
  name: "use-nodes-url",
  setup(build) {
    build.onResolve({ filter: /^whatwg-url$/ }, () => ({ path: "url", external: true }));
  },
};

/** simple-git starts git through our adapter, so that all that git starts ends with it. */
const startInGroups = {
  name: "start-in-groups",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]simple-git[\\/]/.test(importer)
        ? { path: resolve("server/src/platform/node/processGroup.ts") }
        : undefined,
    );
  },
};

const keepOwnBundles = {
  name: "keep-own-bundles",
  setup(build) {
    build.onResolve(
      { filter: /^\.\/(serverConnection|check|images|main|kubeconfig|connectRegistry|simpleGit)$/ },
      ({ path, kind }) => (kind === "dynamic-import" ? { path: ownBundles.get(path), external: true } : undefined),
    );
  },
};

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const common = {
  bundle: true,
  define: { PRODUCT_VERSION: JSON.stringify(version) },
  outdir,
  target: "node20",
  platform: "node",
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  minify: production,
  sourcemap: production ? false : "linked",
  sourcesContent: false,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  // Packages with a "browser" or UMD form are bundled best from their ES modules.
  mainFields: ["module", "main"],
  // An `import()` of another bundle is a `require`: Node's loader of ES modules takes tens of milliseconds.
  supported: { "dynamic-import": false },
  plugins: [keepOwnBundles],
};

/** What each bundle is made of, and what it must never hold: patterns over the paths of its inputs and external imports. */
const bundles = [
  {
    options: { entryPoints: { client: "client/src/extension.ts" }, external: ["vscode"], plugins: [loadLazily] },
    never: [/^server\/src\/(?!protocol\/)/, /node_modules\/(vscode-languageclient|@kubernetes|yaml|simple-git)\//],
  },
  {
    options: { entryPoints: { serverConnection: "client/src/serverConnection.ts" }, external: ["vscode"] },
    never: [/^server\/src\/(?!protocol\/)/, /node_modules\/(yaml|simple-git)\//],
  },
  {
    options: { entryPoints: { kubeconfig: "client/src/cluster/kubeconfig.ts" }, plugins: [useNodesUrl, loadLazily] },
    never: [/^server\//, /^vscode$/],
  },
  ...lazyPackages.map((name) => ({ options: { entryPoints: { [name]: name } }, never: [/^(server|client)\//] })),
  {
    options: { entryPoints: { server: "server/src/main.ts" } },
    never: [/^client\//, /^vscode$/, /node_modules\/simple-git\//],
  },
  {
    options: { entryPoints: { simpleGit: "server/src/git/simpleGit.ts" }, plugins: [startInGroups] },
    never: [/^client\//, /^server\/src\/(?!git\/simpleGit|platform\/)/, /node_modules\/(vscode-|yaml\/)/],
  },
  {
    options: { entryPoints: { cli: "server/src/cli.ts" }, plugins: [loadLazily] },
    never: [/^client\//, /node_modules\/(vscode-|simple-git\/)/, /^server\/src\/(lsp|features|domains)\//],
  },
  {
    options: { entryPoints: { check: "server/src/check.ts" }, plugins: [loadLazily] },
    never: [/^client\//, /node_modules\/(vscode-languageserver|simple-git)\//],
  },
  {
    options: { entryPoints: { images: "server/src/images.ts" }, plugins: [loadLazily] },
    never: [/^client\//, /node_modules\/vscode-/, /^server\/src\/(lsp|features|domains)\//],
  },
  {
    options: { entryPoints: { connectRegistry: "server/src/connectRegistry.ts" }, plugins: [loadLazily] },
    never: [
      /^client\//,
      /^server\/src\/(?!platform|registry|connectRegistry|protocol\/environmentProxy)/,
      /node_modules\/(?!hpagent\/)/,
    ],
  },
  {
    options: {
      entryPoints: { engine: "server/src/engine.ts" },
      platform: "neutral",
      format: "esm",
      target: "es2022",
      outExtension: {},
    },
    never: [/^node:/, /^server\/src\/(lsp|features|domains|platform\/node)\//, /node_modules\/vscode-/],
  },
];

/** Says what a bundle holds that it must not hold; true when there is nothing of that kind. */
function checkInputs({ metafile }, never) {
  const external = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const forbidden = [...Object.keys(metafile.inputs), ...external].filter((path) =>
    never.some((each) => each.test(path)),
  );
  for (const path of forbidden) console.error(`${Object.keys(metafile.outputs)[0]} must not hold ${path}`);
  return forbidden.length === 0;
}

function checkPlugin(never) {
  return {
    name: "check-inputs",
    setup(build) {
      build.onEnd((result) => {
        if (result.metafile === undefined || checkInputs(result, never) || watch) return;
        process.exitCode = 1;
      });
    },
  };
}

/** Things that are no bundles: the types of the library, and what makes the command line a command. */
function finish() {
  const types = readFileSync("server/src/engineApi.ts", "utf8");
  writeFileSync(`${outdir}/engine.d.ts`, `${types}\nexport declare const renderFiles: RenderFiles;\n`);
  if (isWanted("cli")) chmodSync(`${outdir}/cli.cjs`, 0o755);
}

function isWanted(name) {
  return only.length === 0 || only.includes(name);
}

// In the folder stands what this build wrote and nothing else.
rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
const wanted = bundles.filter(({ options }) => Object.keys(options.entryPoints).some(isWanted));
const contexts = await Promise.all(
  wanted.map(({ options, never }) =>
    context({
      ...common,
      ...options,
      ...(options.entryPoints.cli ? { banner: { js: "#!/usr/bin/env node" } } : {}),
      plugins: [...common.plugins, ...(options.plugins ?? []), checkPlugin(never)],
    }),
  ),
);
try {
  const results = await Promise.all(contexts.map((each) => each.rebuild()));
  finish();
  const notices = bundleNotices(results.map(({ metafile }) => metafile));
  writeFileSync(`${outdir}/THIRD-PARTY-NOTICES.md`, notices);
  if (only.length === 0) await buildSchemas(outdir);
} catch (error) {
  // What is wrong with a source esbuild has said itself.
  if (error.errors === undefined) console.error(error.message);
  process.exitCode = 1;
}
if (watch) await Promise.all(contexts.map((each) => each.watch()));
else await Promise.all(contexts.map((each) => each.dispose()));
