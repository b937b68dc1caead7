import type { ChildProcess } from "node:child_process";
import type { ProgramEnd, ProgramPlace, ProgramRun, Programs } from "../programs";
import { findProgram } from "./findProgram";
import { toNativePath } from "./nativePath";
import { reasonOf } from "./nodeErrors";

const mostOutput = 64 * 1024 * 1024;
const mostErrors = 256 * 1024;

/** The machine's programs. */
export const nodePrograms: Programs = {
  async run(run) {
    if (run.signal?.aborted === true) return { kind: "stopped", why: "cancelled", errors: "" };
    const found = await locate(run);
    if (found === undefined) return { kind: "notFound" };
    // Loading it takes some milliseconds, and most runs of a command line start nothing.
    const { patience, spawn } = await import("./processGroup");
    try {
      const { file, directory: cwd, environment: env } = found;
      return await follow(spawn(file, run.args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] }), run, patience);
    } catch (error) {
      return { kind: "failed", reason: reasonOf(error) };
    }
  },
  locate,
};

async function locate(start: Parameters<Programs["locate"]>[0]): Promise<ProgramPlace | undefined> {
  const file = await findProgram(start.program);
  if (file === undefined) return undefined;
  return { file, directory: toNativePath(start.directory), environment: environmentOf(start) };
}

function environmentOf({ environment = new Map() }: Pick<ProgramRun, "environment">): ProgramPlace["environment"] {
  const all = { ...process.env };
  for (const [name, value] of environment) {
    if (value === undefined) delete all[name];
    else all[name] = value;
  }
  return all;
}

type Stop = Extract<ProgramEnd, { kind: "stopped" }>["why"];

function follow(child: ChildProcess, run: ProgramRun, patience: number): Promise<ProgramEnd> {
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
      child.kill();
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
