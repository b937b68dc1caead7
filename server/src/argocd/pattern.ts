/**
 * Whether a text matches a pattern as Argo CD's projects use them (gobwas/glob): `*` and `?`, `[abc]`, `[!a-c]` and `{one,other}`. With a
 * separator, only `**` goes across it. A pattern that is none matches nothing.
 */
export function matchesPattern(pattern: string, text: string, separator?: "/"): boolean {
  if (pattern === text) return true;
  return compile(pattern, separator)?.test(text) === true;
}

/** Whether a text matches one of the patterns of a list, in which `/…/` is a regular expression, as in `sourceNamespaces`. */
export function matchesSome(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const inner = /^\/(.*)\/$/s.exec(pattern)?.[1];
    return inner === undefined ? matchesPattern(pattern, text) : (toRegExp(inner)?.test(text) ?? false);
  });
}

/** A run of stars is one: that keeps a pattern from taking forever. */
function compile(pattern: string, separator: "/" | undefined): RegExp | undefined {
  const any = separator === undefined ? "." : "[^/]";
  let depth = 0;
  const source = pattern.replace(/\*+|\\.|\[!?[^\]]*\]|[\s\S]/g, (part) => {
    if (part.startsWith("*")) return part.length > 1 ? ".*" : `${any}*`;
    if (part === "?") return any;
    if (part.length > 1 && part.startsWith("[")) return `[${part.startsWith("[!") ? "^" : ""}${escapeClass(part)}]`;
    if (part === "{") depth++;
    if (part === "{") return "(?:";
    if (part === "}" && depth > 0) {
      depth--;
      return ")";
    }
    if (part === "," && depth > 0) return "|";
    return (part.length === 2 ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  });
  return depth === 0 ? toRegExp(`^(?:${source})$`) : undefined;
}

function escapeClass(part: string): string {
  return part
    .replace(/^\[!?/, "")
    .slice(0, -1)
    .replace(/[\\^[\]]/g, "\\$&");
}

function toRegExp(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "s");
  } catch {
    return undefined;
  }
}
