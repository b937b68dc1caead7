/** One way to sign in that an answer with status 401 offers. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By name in lower case, for example `realm`, `service`, `scope`. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Nobody needs longer ones, and reading takes the square of it at worst. */
const mostLength = 4096;

/**
 * Reads `WWW-Authenticate` (RFC 9110), for example `Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a:pull,push"`.
 * Several challenges stand one after the other; what makes no sense is passed over.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  // A parameter, or a scheme with nothing or with a blank behind it.
  const pattern = new RegExp(`(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))|(${token})(?=\\s|,|$)`, "g");
  for (const [, name, quoted, bare, scheme] of header.slice(0, mostLength).matchAll(pattern)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined) {
      const value = quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1");
      challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
    }
  }
  return challenges;
}
