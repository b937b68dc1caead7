import { type ChildProcess, type SpawnOptions, spawn as spawnAlone } from "node:child_process";

/** How long a program that is asked to stop has to clean up behind itself, in milliseconds. */
const grace = 2000;

/** How long what a program left running in the background may hold its output open, in milliseconds. */
export const patience = 500;

/**
 * `spawn` of Node, but the child gets a group of its own, so that `kill` ends all that it started too, and no terminal on which something could ask
 * questions. `kill` asks first (SIGTERM, whatever signal is named) and forces what is left. `esbuild.mjs` and `vitest.config.ts` give it to libraries that
 * start programs themselves, in the place of `node:child_process`; so it is called `spawn`.
 */
export function spawn(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawnAlone(file, args, { ...options, detached: process.platform !== "win32", windowsHide: true });
  const killAlone = child.kill.bind(child);
  const signalAll = (signal: "SIGTERM" | "SIGKILL"): boolean => {
    try {
      if (process.platform !== "win32" && child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
    return killAlone(signal);
  };
  child.kill = () => {
    if (child.killed) return true;
    const force = (): boolean => signalAll("SIGKILL");
    let timer = setTimeout(force, grace);
    child.once("exit", () => {
      clearTimeout(timer);
      timer = setTimeout(force, patience);
    });
    // What it started goes with it, even where it did not wait for that itself.
    child.once("close", () => {
      clearTimeout(timer);
      force();
    });
    return signalAll("SIGTERM");
  };
  return child;
}
