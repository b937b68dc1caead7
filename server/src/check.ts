import { runCheckCommand } from "./commandLine/checkCommand";
import type { CommandHost, ExitCode } from "./commandLine/host";
import { createCommittedReader } from "./git/committedReader";
import { domains } from "./lsp/domains";
import { findFacts } from "./lsp/facts";
import { nodeBundleFiles } from "./platform/node/bundleFiles";
import { nodeFileSystem } from "./platform/node/nodeFileSystem";
import { nodePrograms } from "./platform/node/nodePrograms";

export { checkHelp } from "./commandLine/checkCommand";

/** `gitops-author check` with every domain; a bundle of its own, so that `build` need not load them. */
export function runCheck(words: readonly string[], host: CommandHost): Promise<ExitCode> {
  const schemaFiles = nodeBundleFiles(`${__dirname}/schemas`);
  // Who runs a command on a folder trusts it.
  const committed = createCommittedReader(nodePrograms);
  return runCheckCommand(
    words,
    { ...host, fileSystem: nodeFileSystem, schemaFiles, committed },
    { domains, findFacts },
  );
}
