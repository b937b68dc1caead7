/**
 * Whether a registry may be asked over plain HTTP, or with a certificate that nobody can verify: on this machine, as with Docker, and where the setting
 * names it, as `host` (with any port) or as `host:port`; a scheme before it and a path behind it do not count.
 */
export function mayBeInsecure(host: string, insecureHosts: readonly string[]): boolean {
  if (isLoopback(host)) return true;
  const name = host.toLowerCase();
  return insecureHosts.map(hostOf).some((each) => each === name || each === withoutPort(name));
}

function hostOf(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/s, "");
}

/** Whether `host` or `host:port` is this machine. */
export function isLoopback(host: string): boolean {
  const name = withoutPort(host).toLowerCase();
  return name === "localhost" || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** The host alone; an IPv6 address keeps its brackets. */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
