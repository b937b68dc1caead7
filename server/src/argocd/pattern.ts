import { compileRegexp } from "../platform/goRegexp";
import { matchTokens, type Token } from "./wildcards";

/**
 * Whether a text matches a pattern as Argo CD's projects use them (gobwas/glob): `*` and `?`, `[abc]`, `[!a-c]` and `{one,other}`. With a
 * separator, only `**` goes across it. A pattern that is none matches nothing. Takes time linear in both for each alternative.
 */
export function matchesPattern(pattern: string, text: string, separator?: "/"): boolean {
  if (pattern === text) return true;
  return alternativesOf(pattern).some((each) => {
    const tokens = tokenize(each);
    return tokens !== undefined && matchTokens(tokens, text, separator);
  });
}

/**
 * Whether a text matches, or for all we know may match, one of the patterns of a list, in which `/…/` is a regular expression, as in
 * `sourceNamespaces`. One that cannot be compiled matches nothing.
 */
export function matchesSome(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const inner = /^\/(.+)\/$/s.exec(pattern)?.[1];
    return inner === undefined ? matchesPattern(pattern, text) : matchesRegexp(inner, text);
  });
}

function matchesRegexp(pattern: string, text: string): boolean {
  try {
    return compileRegexp(pattern)(text);
  } catch (error) {
    // Argo CD knows more (regexp2) than an engine can that takes linear time: its documentation names `/^((?!not-allowed).)*$/`.
    if (error instanceof SyntaxError) return /\(\?<?[=!]|\\[1-9]/.test(pattern);
    throw error;
  }
}

/** How many alternatives a pattern may unfold to; nobody writes more. */
const mostAlternatives = 200;

/** Unfolds `{one,other}`; a pattern whose braces do not fit together is none. */
function alternativesOf(pattern: string): readonly string[] {
  let pending = [pattern];
  for (let round = 0; round < 20; round++) {
    if (!pending.some((each) => each.includes("{"))) return pending.filter((each) => !each.includes("}"));
    pending = pending.flatMap((each) => {
      const inner = /\{([^{}]*)\}/.exec(each);
      if (inner === null) return each.includes("{") ? [] : [each];
      const [whole, list = ""] = inner;
      const rest = each.slice(inner.index + whole.length);
      return list.split(",").map((part) => each.slice(0, inner.index) + part + rest);
    });
    if (pending.length > mostAlternatives) return [];
  }
  return [];
}

function tokenize(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (const [part] of pattern.matchAll(/\*+|\\[\s\S]|\[!?[^\]]+\]|[\s\S]/g)) {
    if (part === "[") return undefined;
    const across = part.startsWith("**");
    if (part.startsWith("*")) tokens.push({ many: true, fits: (letter, separator) => across || letter !== separator });
    else if (part === "?") tokens.push({ many: false, fits: (letter, separator) => letter !== separator });
    else if (part.length > 1 && part.startsWith("[")) tokens.push({ many: false, fits: letterClass(part) });
    else tokens.push({ many: false, fits: (letter) => letter === (part.length === 2 ? part.slice(1) : part) });
  }
  return tokens;
}

/** `[abc]`, `[a-c]`, and what is not in them with `!` in front. */
function letterClass(part: string): Token["fits"] {
  const isDenied = part.startsWith("[!");
  const inner = part.slice(isDenied ? 2 : 1, -1);
  const ranges = [...inner.matchAll(/([\s\S])-([\s\S])|[\s\S]/g)].map(
    ([one, from, to]) => [from ?? one, to ?? one] as const,
  );
  return (letter) => ranges.some(([from, to]) => from <= letter && letter <= to) !== isDenied;
}
