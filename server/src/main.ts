import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./lsp/languageServer";
import { describeError, type Log } from "./platform/log";
import { nodeBundleFiles } from "./platform/node/bundleFiles";
import { nodeClock } from "./platform/node/nodeClock";
import { nodeFileSystem } from "./platform/node/nodeFileSystem";
import { nodePrograms } from "./platform/node/nodePrograms";
import { createBundle } from "./schema/bundle";

/** The language server as a process: over stdio, a socket or Node's IPC, as the arguments say (`--stdio`, `--node-ipc`). */
function main(): void {
  const connection = createConnection(ProposedFeatures.all);
  const log: Log = {
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
    error: (message, error) =>
      connection.console.error(error === undefined ? message : `${message}: ${describeError(error)}`),
  };
  // A defect that no boundary caught is logged; the editor keeps its server.
  process.on("uncaughtException", (error) => log.error("Unexpected error", error));
  process.on("unhandledRejection", (error) => log.error("Unexpected rejection", error));
  const bundle = createBundle(nodeBundleFiles(`${__dirname}/schemas`));
  startServer({
    ...{ connection, fileSystem: nodeFileSystem, clock: nodeClock, log, bundle, programs: nodePrograms },
    createRegistry: async (settings) => (await import("./connectRegistry")).connectRegistry(settings),
  });
}

// A server lives as long as its editor. Left alone, the engine lets what nobody needs any more grow to several times of what is in use.
setFlagsFromString("--heap-growing-percent=100");
main();
