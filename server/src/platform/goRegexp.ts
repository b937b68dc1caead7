/** A compiled regular expression of Go's dialect (RE2): it says whether it matches anywhere in a text, in linear time. */
export type Matcher = (text: string) => boolean;

/** Bundled and evaluated at the first call only: most builds need no more than literal names. */
declare const require: (id: "re2js") => typeof import("re2js");

const meta = /[\\.+*?()|[\]{}^$]/;

/** Whether a pattern is no more than the text it matches. */
export function isLiteral(pattern: string): boolean {
  return !meta.test(pattern);
}

/**
 * Compiles a pattern of Go's `regexp` package. Plain text needs no engine. Patterns of users never reach JavaScript's own
 * engine, which can backtrack for ever.
 *
 * @throws SyntaxError with Go's wording, for example "error parsing regexp: missing closing ): `a(`"
 */
export function compileRegexp(pattern: string): Matcher {
  if (isLiteral(pattern)) return (text) => text.includes(pattern);
  const compiled = compile(pattern);
  return (text) => compiled.matcher(text).find();
}

/**
 * Compiles a pattern that says with its first group which part of a text counts. What it gives answers with that part, with the whole
 * text where the pattern has no group or the group took no part, and with `undefined` where nothing matches.
 *
 * @throws SyntaxError like `compileRegexp`
 */
export function compileExtractor(pattern: string): (text: string) => string | undefined {
  const compiled = compile(pattern);
  return (text) => {
    const matcher = compiled.matcher(text);
    if (!matcher.find()) return undefined;
    return (matcher.groupCount() > 0 ? matcher.group(1) : null) ?? text;
  };
}

function compile(pattern: string): import("re2js").RE2JS {
  const { RE2JS } = require("re2js");
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
}
