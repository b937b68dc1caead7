import { isUsageError, UsageError } from "./commandLine/arguments";
import { buildHelp, runBuildCommand } from "./commandLine/buildCommand";
import type { CommandHost, ExitCode } from "./commandLine/host";
import { isFileSystemError } from "./platform/fileSystem";
import { describeError } from "./platform/log";
import { fromNativePath } from "./platform/node/nativePath";
import { nodeClock } from "./platform/node/nodeClock";
import { nodeSyncFileSystem } from "./platform/node/nodeSyncFileSystem";
import { writeText } from "./platform/node/standardStreams";

/** The version in `package.json`; the bundler puts it in. */
declare const PRODUCT_VERSION: string;

const help = `Usage: gitops-author COMMAND [arguments]

  build DIR...       render kustomizations as 'kustomize build' does
  check [PATH...]    report what is wrong
  bump DIR           write another tag or digest of an image into an overlay
  images [PATH]      show which stage runs what of which image
  lsp --stdio        run the language server

'gitops-author COMMAND --help' says more.
`;

const lspHelp = `Usage: gitops-author lsp --stdio

Runs the language server over standard input and output, for any editor that speaks LSP.
`;

/** The command line. All but `build` is loaded when it is asked for, so that `build` starts at once. */
async function main(words: readonly string[]): Promise<ExitCode | undefined> {
  const [command, ...rest] = words;
  const wantsHelp = rest.includes("--help") || rest.includes("-h");
  switch (command) {
    case undefined:
      writeText(2, help);
      return 2;
    case "--help":
    case "-h":
    case "help":
      writeText(1, help);
      return 0;
    case "--version":
      writeText(1, `gitops-author ${PRODUCT_VERSION} (Kustomize 5.8.1)\n`);
      return 0;
    case "build":
      if (wantsHelp) return showHelp(buildHelp);
      return runBuildCommand(rest, createHost());
    case "check": {
      const { checkHelp, runCheck } = await import("./check");
      return wantsHelp ? showHelp(checkHelp) : runCheck(rest, createHost());
    }
    case "bump": {
      const { bumpHelp, runBump } = await import("./images");
      return wantsHelp ? showHelp(bumpHelp) : runBump(rest, createHost(), untilInterrupted());
    }
    case "images": {
      const { imagesHelp, runImages } = await import("./images");
      return wantsHelp ? showHelp(imagesHelp) : runImages(rest, createHost(), untilInterrupted());
    }
    case "lsp":
      if (wantsHelp) return showHelp(lspHelp);
      if (!rest.includes("--stdio")) throw new UsageError("The language server needs '--stdio'.");
      await import("./main");
      return undefined;
    default:
      throw new UsageError(`There is no command '${command}'. There are build, check, bump, images and lsp.`);
  }
}

/** The command that the words begin with, for a hint to its own help. */
function commandOf(word: string | undefined): string {
  return word !== undefined && commands.includes(word) ? `${word} ` : "";
}

const commands: readonly string[] = ["build", "check", "bump", "images", "lsp"];

function showHelp(text: string): ExitCode {
  writeText(1, text);
  return 0;
}

/** Ctrl+C, or a pipeline that is stopped, calls off what is under way, so that nothing is left half done; a second signal ends the process at once. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  const signals = ["SIGINT", "SIGTERM"] as const;
  const callOff = (): void => {
    // What nobody listens to ends the process.
    for (const signal of signals) process.off(signal, callOff);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, callOff);
  return controller.signal;
}

function createHost(): CommandHost {
  return {
    workingDirectory: fromNativePath(process.cwd()),
    syncFileSystem: nodeSyncFileSystem,
    clock: nodeClock,
    toPath: (written) => (process.platform === "win32" && /^[a-z]:/i.test(written) ? fromNativePath(written) : written),
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    print: (text) => writeText(1, text),
    printError: (text) => writeText(2, text),
  };
}

main(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const isUsage = isUsageError(error);
    const isKnown = isUsage || isFileSystemError(error);
    writeText(2, `gitops-author: ${isKnown ? error.message : describeError(error)}\n`);
    if (isUsage) writeText(2, `Try 'gitops-author ${commandOf(process.argv[2])}--help'.\n`);
    process.exitCode = 2;
  },
);
