/**
 * What may import what. This is the list to change, and to argue about, when a new room is built.
 */

/** Rooms of `server/src`, from left to right: each imports what stands to its left, siblings in one rung never each other. */
export const ladder: readonly (readonly string[])[] = [
  ["protocol"],
  ["platform"],
  ["yaml"],
  ["kubernetes"],
  ["argocd", "tekton"],
  ["schema"],
  ["kustomize"],
  ["workspace"],
  ["registry", "git"],
  ["observations"],
  ["render"],
  ["analysis"],
  ["release"],
  ["features", "domains"],
  ["lsp"],
  ["commandLine"],
  ["entries"],
];

/** Rooms that may import less than what stands to their left. */
export const onlyFrom: ReadonlyMap<string, readonly string[]> = new Map([
  ["kustomize", ["platform", "yaml", "kubernetes"]],
  ["registry", ["platform", "kubernetes"]],
  ["git", ["platform", "kubernetes"]],
]);

/** Folders whose sub-folders never import each other. */
export const slices: readonly string[] = ["server/src/features", "server/src/domains", "client/src/features"];

/** Packages, and the folders or files that may import them. `node:` stands for all built-in modules. */
export const packages: ReadonlyMap<string, readonly string[]> = new Map([
  ["yaml", ["server/src/yaml"]],
  ["re2js", ["server/src/platform/goRegexp.ts"]],
  ["socks", ["client/src/platform/tunnel.ts", "server/src/platform/node/socksAgent.ts"]],
  ["hpagent", ["server/src/platform/node/httpAgents.ts"]],
  ["vscode-languageserver", ["server/src/lsp", "server/src/main.ts", "server/src/cli.ts"]],
  ["vscode-languageserver-textdocument", ["server/src/lsp"]],
  ["vscode-languageserver-types", ["server/src/features", "server/src/lsp", "server/src/protocol"]],
  ["vscode-uri", ["server/src/lsp", "server/src/main.ts"]],
  ["simple-git", ["server/src/git"]],
  ["p-map", ["client/src/cluster", "server/src/features", "server/src/observations"]],
  ["@kubernetes/client-node", ["client/src/cluster"]],
  ["js-yaml", ["client/src/cluster/kubeconfig.ts"]],
  ["vscode-languageclient", ["client/src"]],
  ["vscode", ["client/src"]],
  ["node:", ["server/src/main.ts", "server/src/cli.ts", "server/src/platform/node", "client/src/platform"]],
]);

/** Exceptions to the list above: here these packages may not be imported although a folder above may. */
export const forbidden: ReadonlyMap<string, readonly string[]> = new Map([["vscode", ["client/src/cluster"]]]);

/** Where `process`, `console` and other names of Node may be used in the server. */
export const mayUseNode: readonly string[] = [
  "server/src/main.ts",
  "server/src/cli.ts",
  "server/src/platform/node",
  "server/src/git/simpleGit.ts",
];

/**
 * Modules of Node and packages that start programs or reach other machines, and the adapters of the server that may use them. An untrusted workspace
 * may be opened because of this: its entries hand out these adapters only where the person trusts the workspace, so that whatever
 * its files say, nothing runs and nothing is sent.
 */
export const outwardModules: readonly string[] = [
  "node:child_process",
  "node:cluster",
  "node:dgram",
  "node:dns",
  "node:http",
  "node:http2",
  "node:https",
  "node:net",
  "node:tls",
  "simple-git",
  "socks",
];
export const mayReachOut: readonly string[] = [
  "server/src/platform/node/authorities.ts",
  "server/src/platform/node/httpAgents.ts",
  "server/src/platform/node/nodeHttp.ts",
  "server/src/platform/node/socksAgent.ts",
  "server/src/platform/node/nodePrograms.ts",
  "server/src/platform/node/processGroup.ts",
  // Starts git only where `nodePrograms` has said what git is.
  "server/src/git/simpleGit.ts",
];

/**
 * Those adapters and the ports that they fill, and who may know them: entries that create one or pass it on, and the rooms whose work it is. No domain,
 * no feature and nothing of the engine is among them.
 */
export const outwardPorts: ReadonlyMap<string, readonly string[]> = new Map([
  ["server/src/platform/node/nodeHttp.ts", ["server/src/connectRegistry.ts"]],
  ["server/src/platform/node/httpAgents.ts", ["server/src/platform/node/nodeHttp.ts"]],
  ["server/src/platform/node/socksAgent.ts", ["server/src/platform/node/httpAgents.ts"]],
  ["server/src/platform/http.ts", ["server/src/platform/node", "server/src/registry"]],
  [
    "server/src/platform/node/nodePrograms.ts",
    ["server/src/main.ts", "server/src/check.ts", "server/src/images.ts", "server/src/connectRegistry.ts"],
  ],
  ["server/src/platform/node/processGroup.ts", ["server/src/platform/node/nodePrograms.ts"]],
  ["server/src/git/simpleGit.ts", ["server/src/git/gitProgram.ts"]],
  [
    "server/src/platform/programs.ts",
    ["server/src/platform/node", "server/src/git", "server/src/registry", "server/src/lsp", "server/src/commandLine"],
  ],
]);

/** The adapters to Node are known to these only; everything else takes ports. */
export const mayImportNodeAdapters: readonly string[] = [
  "server/src/main.ts",
  "server/src/check.ts",
  "server/src/images.ts",
  "server/src/cli.ts",
  "server/src/engine.ts",
  "server/src/connectRegistry.ts",
];

/** All that the client may import of the server. */
export const sharedWithClient = "server/src/protocol/";

/** Names that collect what has no home, and barrels. */
export const badNames: readonly string[] = ["index", "utils", "util", "helpers", "helper", "common", "types", "misc"];

/** Files that hold only data may be longer. */
export const dataFolders: readonly string[] = ["server/src/kustomize/data/"];
export const mostLines = 400;
