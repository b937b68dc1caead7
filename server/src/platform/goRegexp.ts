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
  const { RE2JS } = require("re2js");
  let compiled: import("re2js").RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
  return (text) => compiled.matcher(text).find();
}
