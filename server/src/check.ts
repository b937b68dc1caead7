import { runCheckCommand } from "./commandLine/checkCommand";
import type { CommandHost, ExitCode } from "./commandLine/host";
import { domains } from "./lsp/domains";
import { findFacts } from "./lsp/facts";
import { nodeBundleFiles } from "./platform/node/bundleFiles";
import { nodeFileSystem } from "./platform/node/nodeFileSystem";

export { checkHelp } from "./commandLine/checkCommand";

/** `gitops-author check` with every domain; a bundle of its own, so that `build` need not load them. */
export function runCheck(words: readonly string[], host: CommandHost): Promise<ExitCode> {
  const schemaFiles = nodeBundleFiles(`${__dirname}/schemas`);
  return runCheckCommand(words, { ...host, fileSystem: nodeFileSystem, schemaFiles }, { domains, findFacts });
}
