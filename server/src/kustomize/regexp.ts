import { compileRegexp, isLiteral, type Matcher } from "../platform/goRegexp";
import type { Cause } from "../yaml/node";
import { BuildFailure } from "./failure";

export { compileRegexp, type Matcher };

/**
 * Compiles `^(?:pattern)$`, as selectors do (upstream `api/types/selector.go`). The pattern itself may leave the anchors
 * by closing the group, as in Go; then Go's text counts.
 */
export function compileAnchored(pattern: string): Matcher {
  if (isLiteral(pattern)) return (text) => text === pattern;
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
