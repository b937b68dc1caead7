/** The published Go modules that the tests against a real API server are made of. */
export const versions = {
  kubernetes: "1.35.4",
  etcd: "3.6.5",
  argoCd: "3.5.7",
  tektonPipeline: "1.15.0",
} as const;

/** Whether a version such as `3.4.23` comes before another one. */
export function isOlder(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
