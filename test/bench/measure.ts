import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** The middle of several measurements, which a single slow one does not move. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** The median time of a function in milliseconds. `prepare` runs before each call and is not counted. */
export function timeOf<T>(times: number, prepare: (round: number) => T, work: (prepared: T) => void): number {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) {
    const prepared = prepare(round);
    const start = performance.now();
    work(prepared);
    taken.push(performance.now() - start);
  }
  return median(taken);
}

/** The least time of a function in milliseconds: what it costs when nothing else on the machine disturbs it. */
export function leastTimeOf<T>(times: number, prepare: (round: number) => T, work: (prepared: T) => void): number {
  return Math.min(...Array.from({ length: times }, () => timeOf(1, prepare, work)));
}

/**
 * The least processor time of a function in milliseconds: unlike time on the clock, the same for a long run as for several
 * short ones when others want the processor too.
 */
export function leastWorkOf<T>(times: number, prepare: () => T, work: (prepared: T) => void): number {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) {
    const prepared = prepare();
    const start = process.cpuUsage();
    work(prepared);
    const { user, system } = process.cpuUsage(start);
    taken.push((user + system) / 1000);
  }
  return Math.min(...taken);
}

export interface ProcessCost {
  /** Milliseconds from the start to the end. */
  readonly wall: number;
  /** The most memory that it held, in MiB; `NaN` where the system does not tell (only Linux does). */
  readonly memory: number;
}

/** Runs a program several times; the medians of time and of peak memory. */
export async function processCost(times: number, program: string, args: readonly string[]): Promise<ProcessCost> {
  const costs: ProcessCost[] = [];
  for (let i = 0; i < times; i++) costs.push(await runOnce(program, args));
  return { wall: median(costs.map(({ wall }) => wall)), memory: median(costs.map(({ memory }) => memory)) };
}

/** The least times of two programs that are run in turn, so that a busy machine disturbs both alike. */
export async function leastOfBoth(
  times: number,
  first: readonly [string, ...string[]],
  second: readonly [string, ...string[]],
): Promise<readonly [number, number]> {
  const least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < times; i++) {
    least[0] = Math.min(least[0], (await runOnce(first[0], first.slice(1))).wall);
    least[1] = Math.min(least[1], (await runOnce(second[0], second.slice(1))).wall);
  }
  return least;
}

function runOnce(program: string, args: readonly string[]): Promise<ProcessCost> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    let memory = Number.NaN;
    // The kernel keeps the high-water mark, so the last look before the end is nearly the whole truth.
    const look = setInterval(() => {
      memory = peakMemory(child.pid) ?? memory;
    }, 4);
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(look);
      if (code === 0) resolve({ wall: performance.now() - start, memory });
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}: ${errors}`));
    });
  });
}

function peakMemory(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
