import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

/** A server that a test started. */
export interface Program {
  /** Ends it and waits until it is gone; `SIGKILL` for a crash. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Why it ended by itself; `undefined` while it runs. */
  readonly ended: () => string | undefined;
}

/**
 * Becomes the program, and leaves behind what ends it when we are gone, even by a signal that nobody can catch: it reads from us, and comes to
 * the end of that when the system closes what we had open.
 */
const guarded = '{ trap "" TERM INT HUP; read -r _ <&3; kill -KILL $$; } > /dev/null 2>&1 & exec "$@" 3<&-';

/** Starts a server; what it prints goes to `log`. It ends with us, however we end. */
export function startProgram(file: string, args: readonly string[], log: string): Program {
  const output = createWriteStream(log, { flags: "a" });
  const child = spawn("/bin/sh", ["-c", guarded, "sh", file, ...args], { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  child.stdout?.pipe(output, { end: false });
  child.stderr?.pipe(output, { end: false });
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended ??= `It ended with ${signal ?? code}; see ${log}.`;
    child.stdio[3]?.destroy();
  });
  const kill = (): void => void child.kill("SIGKILL");
  // The second when we are a worker, and the process that started us is gone.
  for (const event of ["exit", "disconnect"]) process.once(event, kill);
  return {
    ended: () => ended,
    async stop(signal = "SIGTERM") {
      for (const event of ["exit", "disconnect"]) process.removeListener(event, kill);
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
