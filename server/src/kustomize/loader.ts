import type { SourceFile } from "../yaml/source";

/** How the engine reads: synchronous, over a snapshot. Paths are absolute and POSIX, without a final slash. */
export interface Loader {
  /** Looks a path up, following symbolic links. Called again for the same path it gives the same answer (and object). */
  lookUp(path: string): Found;
}

/** What is at a path. */
export type Found =
  /** `bytes` is given when the content is not valid UTF-8; `source.text` is then empty. */
  | { readonly kind: "file"; readonly realPath: string; readonly source: SourceFile; readonly bytes?: Uint8Array }
  | { readonly kind: "directory"; readonly realPath: string }
  | { readonly kind: "missing" }
  /** The snapshot does not hold it yet: the host loads it and builds again. */
  | { readonly kind: "pending" }
  /** It is there and cannot be read: too large, no permission, a loop of links. `reason` is a sentence for people. */
  | { readonly kind: "unreadable"; readonly reason: string };
