import { spawn } from "node:child_process";

/** A program to run, without a shell and with nobody to answer its questions. */
export interface ProgramCall {
  /** A path, or a name that is looked for on the PATH: that of the login shell, which VS Code gives to its extensions. */
  readonly command: string;
  readonly args: readonly string[];
  /** In addition to our own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the program, and what it started. */
  readonly signal: AbortSignal;
}

/** How a program ended. */
export interface ProgramEnd {
  /** Its exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export type RunProgram = (call: ProgramCall) => Promise<ProgramEnd>;

/** How much of its output is kept, in characters. */
const mostOutput = 1_000_000;

/** Runs a program to its end. Rejects when it cannot be started (`ENOENT`: there is no such program). */
export const runProgram: RunProgram = ({ command, args, environment, signal }) =>
  new Promise((finish, fail) => {
    // A group of its own, so that what it started ends with it.
    const isGroup = process.platform !== "win32";
    const env = { ...process.env, ...environment };
    const child = spawn(command, args, {
      env,
      detached: isGroup,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (piece: string) => {
        if (output[name].length < mostOutput) output[name] += piece;
      });
    }
    const end = (): void => {
      try {
        if (isGroup && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
    };
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    child.once("error", fail);
    child.once("close", (code, killedBy) => {
      signal.removeEventListener("abort", end);
      finish({ code: code ?? killedBy ?? "", ...output });
    });
  });
