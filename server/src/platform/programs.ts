/**
 * Starting programs, as a port: absent in a browser, and given only where the person trusts the workspace. Only the rooms that
 * `outwardPorts` of the architecture's table names may know it.
 */
export interface Programs {
  /** Runs a program to its end. Never rejects. */
  run(run: ProgramRun): Promise<ProgramEnd>;
  /** What a library needs that starts programs itself, to start this one as `run` would. `undefined` when there is no such program. */
  locate(start: Pick<ProgramRun, "program" | "directory" | "environment">): Promise<ProgramPlace | undefined>;
}

/** Where a program is, and what it finds there. */
export interface ProgramPlace {
  /** Absolute, as the machine writes paths; so is `directory`. */
  readonly file: string;
  readonly directory: string;
  /** All of it, ours with the differences. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What is run. No shell takes part: each argument arrives as it is. */
export interface ProgramRun {
  /** A name without a path, for example `git`: looked up in the directories of PATH, never in the working directory. */
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute path of the working directory. */
  readonly directory: string;
  /** What differs from our own environment; `undefined` takes a variable away. */
  readonly environment?: ReadonlyMap<string, string | undefined> | undefined;
  /** What it reads from its standard input, which is empty when absent. */
  readonly input?: string | undefined;
  /** After so many milliseconds it is stopped, with everything that it started. */
  readonly timeout: number;
  /** Stops it too. */
  readonly signal?: AbortSignal | undefined;
  /** How many bytes it may write to its standard output before it is stopped; 64 MiB when absent. */
  readonly mostOutput?: number | undefined;
}

/** How it ended. */
export type ProgramEnd =
  /** `code` is its exit code. `errors` is what it wrote to standard error, cut off after some hundred kilobytes. */
  | { readonly kind: "ended"; readonly code: number; readonly output: Uint8Array; readonly errors: string }
  /** There is no such program. */
  | { readonly kind: "notFound" }
  | { readonly kind: "stopped"; readonly why: "timeout" | "cancelled" | "tooMuchOutput"; readonly errors: string }
  /** It could not be started, or something else killed it; `reason` is for people. */
  | { readonly kind: "failed"; readonly reason: string };
