import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

/** A server that a test started. */
export interface Program {
  /** Ends it and waits until it is gone; `SIGKILL` for a crash. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Why it ended by itself; `undefined` while it runs. */
  readonly ended: () => string | undefined;
}

/** Starts a server; what it prints goes to `log`. It ends with us. */
export function startProgram(file: string, args: readonly string[], log: string): Program {
  const output = createWriteStream(log, { flags: "a" });
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended ??= `It ended with ${signal ?? code}; see ${log}.`;
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  return {
    ended: () => ended,
    async stop(signal = "SIGTERM") {
      process.removeListener("exit", kill);
      await stopChild(child, signal);
    },
  };
}

function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((finish) => {
    child.once("exit", () => finish());
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => clearTimeout(timer));
  });
}
