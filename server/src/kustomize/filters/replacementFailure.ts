import type { Cause, Node } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { MergeConflict } from "../merge/conflict";

/** Something is to be divided that has no text. */
export function notScalar(cause: Cause): BuildFailure {
  return failed(cause, "Only a scalar can be divided by a delimiter.", {
    detail: "delimiter option can only be used with scalar nodes",
    help: "Take the delimiter away, or let the path lead to a single value.",
  });
}

/** Runs a step over the object; where its shape or an expression does not fit, the build fails with `detail` before the reason. */
export function guarded<T>(cause: Cause, detail: string, step: () => T, at?: Node): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof MergeConflict) && !(error instanceof SyntaxError)) throw error;
    const place = error instanceof MergeConflict ? error.at.origin.place : at?.origin.place;
    throw failed(cause, "The field path of this replacement does not fit the object.", {
      detail: `${detail}: ${error.message}`,
      help: "Follow the path through the object; lists need [key=value], an index or *.",
      ...(place === undefined ? {} : { related: [{ place, message: "The path cannot go on from here." }] }),
    });
  }
}

type Words = Partial<Pick<BuildFailure["problem"], "code" | "detail" | "help" | "related">>;

/** What is wrong with a replacement, at the part of it that `cause` names. */
export function failed(cause: Cause, message: string, words: Words): BuildFailure {
  return new BuildFailure({
    code: "kustomization/replacement-failed",
    severity: "error",
    place: cause.place,
    message,
    ...words,
  });
}
