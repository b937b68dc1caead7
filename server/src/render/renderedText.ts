import { type Emitted, type EmittedDocument, emitDocuments, findMark, type Mark, marksOf } from "../yaml/emit";
import type { Node } from "../yaml/node";
import type { SourceFile } from "../yaml/source";

/** The text of a build, and for each piece of it the value that it shows. */
export interface RenderedText {
  /** The whole text, with the path of the rendered document. */
  readonly file: SourceFile;
  readonly emitted: Emitted;
}

/** A value in rendered text. Offsets count from the start of the whole text. */
export interface RenderedValue {
  readonly document: EmittedDocument;
  /** JSON pointer in the object, for example `/spec/replicas`. */
  readonly pointer: string;
  readonly node: Node;
  /** Where its key or its `-` begins. */
  readonly from: number;
  /** The text of the value itself. */
  readonly start: number;
  readonly end: number;
}

/** Writes the objects of a build as `kustomize build` prints them; `path` is that of the rendered document. */
export function renderText(path: string, roots: readonly Node[]): RenderedText {
  const emitted = emitDocuments(roots);
  return { file: { path, text: emitted.text }, emitted };
}

/** The innermost value whose key or text is at an offset of the rendered text. */
export function valueAt(rendered: RenderedText, offset: number): RenderedValue | undefined {
  const found = findMark(rendered.emitted, offset);
  return found && toValue(found.document, found.mark);
}

/** Every value of the text that has no values in it: scalars, empty maps and empty lists, from top to bottom. */
export function* leavesOf(rendered: RenderedText): Iterable<RenderedValue> {
  for (const document of rendered.emitted.documents) {
    for (const mark of marksOf(document)) if (isLeaf(mark.node)) yield toValue(document, mark);
  }
}

function isLeaf(node: Node): boolean {
  if (node.kind === "scalar") return true;
  return node.kind === "mapping" ? node.entries.length === 0 : node.items.length === 0;
}

function toValue(document: EmittedDocument, { from, start, end, pointer, node }: Mark): RenderedValue {
  const { offset } = document;
  return { document, pointer, node, from: offset + from, start: offset + start, end: offset + end };
}
