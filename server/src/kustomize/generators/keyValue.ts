import type { Place } from "../../yaml/source";
import { BuildFailure } from "../failure";
import type { Problem } from "../problem";

/** One entry that a generator was told to make. */
export interface KeyValue {
  readonly key: string;
  /** The value; bytes where they are no UTF-8. */
  readonly value: string | Uint8Array;
  /** Where the key is written; for a file without a key, its path. */
  readonly keyPlace: Place;
  /** The text that gives the value: in a literal, a line of an env file, or a whole file. */
  readonly valuePlace: Place;
  /** The entry of the kustomization that asked for it, and its JSON pointer. */
  readonly entry: Place;
  readonly path: string;
}

/** The content of a file; `bytes` when it is no UTF-8 text (`source.text` is empty then). */
export interface Content {
  readonly source: { readonly path: string; readonly text: string };
  readonly bytes?: Uint8Array | undefined;
}

/** Reads a file that a generator names. Throws `BuildFailure` at `place` when it cannot be had. */
export type ReadContent = (path: string, place: Place) => Content;

/** A failure with the words of upstream's `loading KV pairs`. */
export function sourceFailure(
  code: string,
  place: Place,
  words: Pick<Problem, "message" | "help" | "detail">,
): BuildFailure {
  return new BuildFailure({ code: `kustomization/${code}`, severity: "error", place, ...words });
}
