import type { Node } from "../yaml/node";

/** The text of a build and, for each of its lines, the value that the line shows. */
export interface RenderedText {
  readonly text: string;
  /** By line, 0-based; `undefined` for a `---` and for the later lines of a text in several lines, see `lineAt`. */
  readonly lines: readonly (RenderedLine | undefined)[];
}

/** One line of rendered text. */
export interface RenderedLine {
  /** Position of the object in the build's `resources`. */
  readonly resource: number;
  /** Keys and list positions from the root of the object to `node`. */
  readonly path: readonly (string | number)[];
  /** The value whose text begins on this line. */
  readonly node: Node;
}
