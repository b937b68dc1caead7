import { isUsageError } from "../../server/src/commandLine/arguments";
import { runBumpCommand } from "../../server/src/commandLine/bumpCommand";
import type { ReleaseHost } from "../../server/src/commandLine/host";
import { createGitWork } from "../../server/src/git/gitWork";
import { nodeClock } from "../../server/src/platform/node/nodeClock";
import { nodePrograms } from "../../server/src/platform/node/nodePrograms";
import { nodeSyncFileSystem } from "../../server/src/platform/node/nodeSyncFileSystem";
import { replaceFile } from "../../server/src/platform/node/replaceFile";
import type { CommandEnd } from "./bumpRepository";

/** Runs `gitops-author bump` in this process, in a folder; `change` puts other hands in the place of the real ones. No registry is there. */
export async function runBump(
  folder: string,
  words: readonly string[],
  change: Partial<ReleaseHost> = {},
): Promise<CommandEnd> {
  let [out, err] = ["", ""];
  const host: ReleaseHost = {
    workingDirectory: folder,
    syncFileSystem: nodeSyncFileSystem,
    clock: nodeClock,
    toPath: (written) => written,
    print: (text) => {
      out += text;
    },
    printError: (text) => {
      err += text;
    },
    connect: () => Promise.reject(new Error("No registry is to be asked.")),
    gitWork: (root) => createGitWork(nodePrograms, root),
    replaceFile,
    signal: new AbortController().signal,
    ...change,
  };
  try {
    return { code: await runBumpCommand(words, host), out, err };
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { code: 2, out, err: error.message };
  }
}
