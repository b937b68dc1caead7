/**
 * Whether a namespace is meant by one of the patterns with which Argo CD says whose Applications it looks after: globs (gobwas/glob), or
 * `/regular expressions/`, which are those of .NET (regexp2) and close to JavaScript's. One that is no pattern means nothing, as there.
 */
export function namesNamespace(patterns: readonly string[], namespace: string): boolean {
  return patterns.some((pattern) => toExpression(pattern)?.test(namespace) === true);
}

/** Whether a text matches a glob as Argo CD reads them where nothing separates; one that is no pattern matches nothing. */
export function matchesGlob(glob: string, text: string): boolean {
  return compile(() => `^${toSource(glob)}$`)?.test(text) === true;
}

function toExpression(pattern: string): RegExp | undefined {
  const [, expression] = /^\/(.+)\/$/.exec(pattern) ?? [];
  return compile(() => expression ?? `^${toSource(pattern)}$`);
}

function compile(source: () => string): RegExp | undefined {
  try {
    return new RegExp(source());
  } catch {
    return undefined;
  }
}

/** Of a glob: `\*`, a set like `[a-c]` or `[!a-c]`, one like `[abc]` or `[!abc]`, and single letters. */
const globParts =
  /\\(?<escaped>.)|\[(?<notRange>!?)(?<low>.)-(?<high>.)\]|\[(?<notList>!?)(?!.-)(?<list>(?:\\.|[^\\\]])+)\]|./gs;

/** A glob as a regular expression. Braces that are not closed end with it: commas divide the list of patterns first, and so `{a,b}` too. */
function toSource(glob: string): string {
  let depth = 0;
  const sources = [...glob.matchAll(globParts)].map(({ 0: part, groups = {} }) => {
    const { escaped, notRange, low, high, notList, list } = groups;
    if (escaped !== undefined) return quote(escaped);
    if (low !== undefined && high !== undefined) return `[${notRange ? "^" : ""}${quote(low)}-${quote(high)}]`;
    if (list !== undefined) return `[${notList ? "^" : ""}${quote(list.replace(/\\(.)/gs, "$1"))}]`;
    if (part === "[") throw new SyntaxError("A set is not closed.");
    if (part === "{") depth++;
    if (depth === 0) return outside.get(part) ?? quote(part);
    if (part === "}") depth--;
    return inBraces.get(part) ?? outside.get(part) ?? quote(part);
  });
  return sources.join("") + ")".repeat(depth);
}

const outside: ReadonlyMap<string, string> = new Map([
  ["*", ".*"],
  ["?", "."],
  ["\\", ""],
]);

const inBraces: ReadonlyMap<string, string> = new Map([
  ["{", "(?:"],
  [",", "|"],
  ["}", ")"],
]);

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
