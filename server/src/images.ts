import { runBumpCommand } from "./commandLine/bumpCommand";
import type { CommandHost, ExitCode, ReleaseHost } from "./commandLine/host";
import { runImagesCommand } from "./commandLine/imagesCommand";
import { createGitWork } from "./git/gitWork";
import { nodePrograms } from "./platform/node/nodePrograms";
import { replaceFile } from "./platform/node/replaceFile";

export { bumpHelp } from "./commandLine/bumpRequest";
export { imagesHelp } from "./commandLine/imagesCommand";

/** `gitops-author bump`; a bundle of its own, so that `build` need not load it. Git and registries are loaded when they are needed. */
export function runBump(words: readonly string[], host: CommandHost, signal: AbortSignal): Promise<ExitCode> {
  return runBumpCommand(words, createReleaseHost(host, signal));
}

/** `gitops-author images`. */
export function runImages(words: readonly string[], host: CommandHost, signal: AbortSignal): Promise<ExitCode> {
  return runImagesCommand(words, createReleaseHost(host, signal));
}

function createReleaseHost(host: CommandHost, signal: AbortSignal): ReleaseHost {
  return {
    ...host,
    signal,
    replaceFile,
    // Who runs a command on a folder trusts it.
    gitWork: (root) => createGitWork(nodePrograms, root),
    connect: async (insecureHosts) => {
      const { connectRegistry } = await import("./connectRegistry");
      return connectRegistry({ insecureHosts });
    },
  };
}
