/**
 * How often a property is tried, and from which seed its values are made: always the same, so that a test fails for what was changed and not by chance.
 * `FUZZ_SEED=N` tries others, and `FUZZ_RUNS=N` more of them, for longer hunts.
 */
export function tries(usual = 100): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Number(process.env["FUZZ_RUNS"] ?? usual), seed: Number(process.env["FUZZ_SEED"] ?? 581) };
}
