/** Whether a text is a duration as Go's `time.ParseDuration` reads it, for example `1h30m`; there are no days. */
export function isGoDuration(text: string): boolean {
  return /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text);
}

/** Milliseconds in each unit of a duration of Go. */
const units: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** The milliseconds of a duration of Go (`1h30m`); `undefined` for a text that is none. */
export function parseGoDuration(text: string): number | undefined {
  if (!isGoDuration(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)];
  const sum = parts.reduce((total, [, count, unit]) => total + Number(count) * (units.get(unit ?? "") ?? 0), 0);
  return text.startsWith("-") ? -sum : sum;
}

/**
 * Whether a text is a duration for the retries of a sync: a whole number of seconds, or a duration of Go. argo-cd
 * `pkg/apis/application/v1alpha1/types.go`, `parseStringToDuration`.
 */
export function isRetryDuration(text: string): boolean {
  return /^[+-]?\d+$/.test(text) || isGoDuration(text);
}

/** The same duration in units that Go has, where days or weeks make the whole of it: `2d` becomes `48h`. */
export function withoutDays(text: string): string | undefined {
  const [, count, unit] = /^(\d+)\s*(d|days?|w|weeks?)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined || count.length > 6) return undefined;
  return `${Number(count) * (unit.startsWith("d") ? 24 : 24 * 7)}h`;
}
