import type { ChildProcess } from "node:child_process";
import type { ProgramEnd, ProgramRun, Programs } from "../programs";
import { findProgram } from "./findProgram";
import { toNativePath } from "./nativePath";

const mostOutput = 64 * 1024 * 1024;
const mostErrors = 256 * 1024;

/** How long a program that is asked to stop has to clean up behind itself, in milliseconds. */
const grace = 2000;

/** How long what a program left running in the background may hold its output open, in milliseconds. */
const patience = 500;

/** The machine's programs. The only file of the server that starts any. */
export const nodePrograms: Programs = {
  async run(run) {
    if (run.signal?.aborted === true) return { kind: "stopped", why: "cancelled", errors: "" };
    const file = await findProgram(run.program);
    if (file === undefined) return { kind: "notFound" };
    // Loading it takes some milliseconds, and most runs of a command line start nothing.
    const { spawn } = await import("node:child_process");
    try {
      const child = spawn(file, [...run.args], {
        cwd: toNativePath(run.directory),
        env: environmentOf(run),
        // A group of its own, so that what it starts can be stopped with it; and no terminal that something could ask questions on.
        detached: process.platform !== "win32",
        windowsHide: true,
        stdio: ["pipe", "pipe", "pipe"],
      });
      return await follow(child, run);
    } catch (error) {
      return { kind: "failed", reason: reasonOf(error) };
    }
  },
};

function environmentOf({ environment = new Map() }: ProgramRun): NodeJS.ProcessEnv {
  const all = { ...process.env };
  for (const [name, value] of environment) {
    if (value === undefined) delete all[name];
    else all[name] = value;
  }
  return all;
}

type Stop = Extract<ProgramEnd, { kind: "stopped" }>["why"];

function follow(child: ChildProcess, run: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    const size = { output: 0, errors: 0 };
    const timers: NodeJS.Timeout[] = [];
    let stopped: Stop | undefined;
    let exited: NodeJS.Timeout | undefined;
    const stop = (why: Stop): void => {
      if (stopped !== undefined) return;
      stopped = why;
      kill(child, "SIGTERM");
      timers.push(setTimeout(() => kill(child, "SIGKILL"), grace));
    };
    const cancel = (): void => stop("cancelled");
    const end = (result: ProgramEnd): void => {
      for (const timer of timers) clearTimeout(timer);
      run.signal?.removeEventListener("abort", cancel);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      resolve(result);
    };
    const ended = (code: number | null, signal: string | null): void => {
      const text = Buffer.concat(errors).toString("utf8");
      // What it started goes with it, even where it did not wait for that itself.
      if (stopped !== undefined) kill(child, "SIGKILL");
      if (stopped !== undefined) end({ kind: "stopped", why: stopped, errors: text });
      else if (code === null) end({ kind: "failed", reason: `It was ended by ${signal ?? "a signal"}.` });
      else end({ kind: "ended", code, output: Buffer.concat(output), errors: text });
    };
    timers.push(setTimeout(() => stop("timeout"), run.timeout));
    run.signal?.addEventListener("abort", cancel);
    child.stdout?.on("data", (bytes: Buffer) => {
      exited?.refresh();
      size.output += bytes.length;
      if (size.output > (run.mostOutput ?? mostOutput)) stop("tooMuchOutput");
      else output.push(bytes);
    });
    child.stderr?.on("data", (bytes: Buffer) => {
      exited?.refresh();
      size.errors += bytes.length;
      if (size.errors <= mostErrors) errors.push(bytes);
    });
    child.once("error", (error) => end({ kind: "failed", reason: reasonOf(error) }));
    child.once("close", ended);
    child.once("exit", (code, signal) => {
      exited = setTimeout(() => ended(code, signal), patience);
      timers.push(exited);
    });
    // A program that does not read to the end breaks the pipe; its exit code says what it thinks of it.
    child.stdin?.on("error", () => {});
    child.stdin?.end(run.input ?? "");
  });
}

function kill(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
