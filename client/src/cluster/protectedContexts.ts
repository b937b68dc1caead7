/** Whether something is written to a context only after its name was typed, by `gitopsAuthor.cluster.protected`. */
export function isProtected(name: string, patterns: readonly string[]): boolean {
  return matchesAny(name, patterns);
}

/** Whether the name of a context matches one of the patterns, in which `*` stands for any text. Case does not matter. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(name.toLowerCase(), pattern.toLowerCase()));
}

/** Without a regular expression: a pattern like `*a*a*a*b` must not cost more than one pass. */
function matches(name: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
