/** Running other programs, and telling the person at the terminal what is going on. Built-in modules only. */
import { spawn } from "node:child_process";

/**
 * Announces a step, does it, and says how long it took.
 * @typedef {<T>(step: string, work: () => Promise<T> | T) => Promise<T>} Report
 */

/**
 * @param {NodeJS.WriteStream} stream where to write; on a terminal the line counts the seconds while the work runs
 * @returns {Report}
 */
export function reportTo(stream) {
  return async (step, work) => {
    const start = Date.now();
    const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
    const tick = stream.isTTY ? setInterval(() => stream.write(`\r  ${step} ... ${seconds()}`), 500) : undefined;
    stream.write(stream.isTTY ? `  ${step} ...` : `  ${step} ...\n`);
    try {
      const result = await work();
      stream.write(stream.isTTY ? `\r  ${step}: ${seconds()}   \n` : `  ${step}: ${seconds()}\n`);
      return result;
    } catch (error) {
      stream.write(
        stream.isTTY ? `\r  ${step}: failed after ${seconds()}\n` : `  ${step}: failed after ${seconds()}\n`,
      );
      throw error;
    } finally {
      clearInterval(tick);
    }
  };
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet keeps the output back unless the program fails
 * @returns {Promise<string>} what it wrote to standard output when quiet, else nothing
 * @throws when the program cannot be started or does not end with 0, with what it wrote
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    let output = "";
    let errors = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    child.once("error", (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(" ")} ended with ${signal ?? code}.\n${errors || output}`.trim()));
    });
  });
}

/** Runs a program and returns its standard output; like `run` otherwise. */
export function capture(program, args, options = {}) {
  return run(program, args, { ...options, quiet: true });
}
