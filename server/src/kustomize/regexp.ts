import type { Cause } from "../yaml/node";
import { BuildFailure } from "./failure";

/** A compiled regular expression of Go's dialect (RE2): it says whether it matches anywhere in a text, in linear time. */
export type Matcher = (text: string) => boolean;

/** Bundled and evaluated at the first call only: most builds need no more than literal names. */
declare const require: (id: "re2js") => typeof import("re2js");

const meta = /[\\.+*?()|[\]{}^$]/;

/**
 * Compiles a pattern of Go's `regexp` package. Plain text needs no engine. User patterns never reach JavaScript's own
 * engine, which can backtrack for ever.
 *
 * @throws SyntaxError with Go's wording, for example "error parsing regexp: missing closing ): `a(`"
 */
export function compileRegexp(pattern: string): Matcher {
  if (!meta.test(pattern)) return (text) => text.includes(pattern);
  const { RE2JS } = require("re2js");
  let compiled: import("re2js").RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
  return (text) => compiled.matcher(text).find();
}

/**
 * Compiles `^(?:pattern)$`, as selectors do (upstream `api/types/selector.go`). The pattern itself may leave the anchors
 * by closing the group, as in Go; then Go's text counts.
 */
export function compileAnchored(pattern: string): Matcher {
  if (!meta.test(pattern)) return (text) => text === pattern;
  return compileRegexp(`^(?:${pattern})$`);
}

/** Compiles a user's pattern with `compile`; a bad one fails the build at `cause`. */
export function compileFor(cause: Cause, pattern: string, compile: (pattern: string) => Matcher): Matcher {
  try {
    return compile(pattern);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BuildFailure({
      code: "kustomization/invalid-regexp",
      severity: "error",
      place: cause.place,
      message: `"${pattern}" is not a regular expression that Go understands.`,
      help: "Escape characters that are meant literally with a backslash, or correct the expression.",
      detail: error.message,
    });
  }
}
