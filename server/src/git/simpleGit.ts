import { GitPluginError, type SimpleGitOptions, simpleGit } from "simple-git";
import type { ProgramEnd, ProgramPlace } from "../platform/programs";

/** One run of git by simple-git. */
export interface SimpleGitRun {
  readonly args: readonly string[];
  readonly input?: string | undefined;
  /** In milliseconds, however much git has to say meanwhile. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** What git said when it ended, as simple-git collects it; git ended by a signal has no exit code. */
type Collected = Parameters<NonNullable<SimpleGitOptions["errors"]>>[1];

/** How many bytes git may write before it is stopped. Nothing that is asked of it here comes near. */
const mostOutput = 64 * 1024 * 1024;

/** How many characters of its errors are kept. */
const mostErrors = 256 * 1024;

/**
 * Simple-git guards those who pass on words of strangers. Here such words are paths, which come behind `--`, names of branches, which git has checked
 * or which stand behind `refs/heads/`, and messages, which git reads. All else is written in this room or is the environment of the person, whose own
 * settings must hold.
 */
const ourOwnWords: Required<NonNullable<SimpleGitOptions["unsafe"]>> = {
  allowAbbreviatedOptions: true,
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  // The path of the program may hold spaces.
  allowUnsafeCustomBinary: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

/**
 * Runs git through simple-git, in the way of the port `Programs`: never rejects, an exit code is no failure, and a timeout or signal ends all that
 * git started. A bundle of its own, loaded with the first run.
 */
export async function runSimpleGit(place: ProgramPlace, run: SimpleGitRun): Promise<ProgramEnd> {
  const tooMuch = new AbortController();
  let collected: Collected | undefined;
  try {
    const git = simpleGit({
      baseDir: place.directory,
      binary: place.file,
      abort: run.signal === undefined ? tooMuch.signal : AbortSignal.any([run.signal, tooMuch.signal]),
      timeout: { block: run.timeout, stdOut: false, stdErr: false },
      // What a hook leaves running in the background may keep the output open; what is in the pipe by then is read in that time.
      completion: { onClose: true, onExit: 500 },
      // Standard input is closed only where there is something, be it empty.
      input: () => Buffer.from(run.input ?? ""),
      errors: (error, result) => {
        collected = result;
        return error instanceof GitPluginError ? error : undefined;
      },
      allowEnvironment: Object.keys(place.environment),
      unsafe: ourOwnWords,
    });
    git.outputHandler((_command, ...streams) => {
      let size = 0;
      for (const stream of streams.slice(0, 2) as NodeJS.ReadableStream[]) {
        stream.on("data", ({ length }: Buffer) => {
          size += length;
          if (size > mostOutput) tooMuch.abort();
        });
        // After a git that said nothing simple-git waits 50 ms more for its words.
        stream.once("end", () => stream.emit("data", Buffer.alloc(0)));
      }
    });
    await git.env({ ...place.environment }).raw([...run.args]);
    return endOf(collected);
  } catch (error) {
    const errors = errorsOf(collected);
    if (tooMuch.signal.aborted) return { kind: "stopped", why: "tooMuchOutput", errors };
    if (!(error instanceof GitPluginError) || (error.plugin !== "abort" && error.plugin !== "timeout")) {
      return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
    return { kind: "stopped", why: error.plugin === "timeout" ? "timeout" : "cancelled", errors };
  }
}

function endOf(collected: Collected | undefined): ProgramEnd {
  const code: number | null = collected?.exitCode ?? null;
  if (collected === undefined || code === null) return { kind: "failed", reason: "It was ended by a signal." };
  // Node's number for a program that could not be started; its words are among the errors then.
  if (code < 0) return { kind: "failed", reason: errorsOf(collected).split("\n", 1)[0] ?? "" };
  return { kind: "ended", code, output: Buffer.concat(collected.stdOut), errors: errorsOf(collected) };
}

function errorsOf(collected: Collected | undefined): string {
  return Buffer.concat(collected?.stdErr ?? [])
    .toString("utf8")
    .slice(0, mostErrors);
}
