import type { SourceDocument } from "../yaml/document";
import { keepsComment } from "../yaml/emitFailure";
import type { Entry, Node, Scalar } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import type { Place, SourceFile } from "../yaml/source";

/**
 * Reads YAML that stands inside of a string, for example an inline patch. Every value keeps its place in the file around it,
 * as far as the string is written letter by letter; in strings with escapes or folded lines it is the place of the string.
 */
export function readEmbedded(scalar: Scalar): readonly SourceDocument[] {
  const around = scalar.origin.place.file;
  const inner: SourceFile = { path: around.path, text: scalar.text };
  const toOuter = mapping(scalar);
  return readDocuments(inner).map((document) => {
    const place = toOuter({ file: inner, start: document.start, end: document.end });
    return {
      file: around,
      start: place.start,
      end: place.end,
      root: document.root === undefined ? undefined : moved(document.root, toOuter),
      problems: document.problems.map((problem) => {
        const { start, end } = toOuter({ file: inner, start: problem.start, end: problem.end });
        return { ...problem, start, end };
      }),
    };
  });
}

type ToOuter = (inner: Place) => Place;

/** How offsets in the text of a scalar become offsets in its file. */
function mapping(scalar: Scalar): ToOuter {
  const { place } = scalar.origin;
  if (scalar.style === "literal") {
    const starts = literalLines(scalar);
    if (starts !== undefined) return throughLines(scalar.text, starts, place);
  }
  const written = place.file.text.slice(place.start, place.end);
  const at = written.indexOf(scalar.text);
  if (at < 0 || scalar.text === "") return () => place;
  return ({ start, end }) => ({ file: place.file, start: place.start + at + start, end: place.start + at + end });
}

/** Where each line of a literal block begins in the file, behind its indentation; `undefined` when the text disagrees. */
function literalLines(scalar: Scalar): readonly number[] | undefined {
  const { file, start } = scalar.origin.place;
  const starts: number[] = [];
  let offset = file.text.indexOf("\n", start) + 1;
  for (const line of scalar.text.split("\n")) {
    if (offset === 0) return undefined;
    const end = lineEnd(file.text, offset);
    const written = file.text.slice(offset, end);
    if (line === "") starts.push(offset);
    else if (written.endsWith(line)) starts.push(end - line.length);
    else return undefined;
    offset = file.text.indexOf("\n", offset) + 1 || file.text.length;
  }
  return starts;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function throughLines(text: string, starts: readonly number[], place: Place): ToOuter {
  const inner = [0];
  for (let i = 0; i < text.length; i++) if (text[i] === "\n") inner.push(i + 1);
  const outer = (offset: number): number => {
    let low = 0;
    let high = inner.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((inner[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (starts[low] ?? place.start) + offset - (inner[low] ?? 0);
  };
  return ({ start, end }) => ({ file: place.file, start: outer(start), end: outer(end) });
}

function moved(node: Node, toOuter: ToOuter): Node {
  const origin = { place: toOuter(node.origin.place) };
  switch (node.kind) {
    case "scalar":
      return { ...node, origin };
    case "sequence":
      return { ...node, items: node.items.map((item) => moved(item, toOuter)), origin };
    case "mapping": {
      const entries = node.entries.map(
        ({ key, value }): Entry => ({
          key: movedKey(key, toOuter),
          value: moved(value, toOuter),
        }),
      );
      return { ...node, entries, origin };
    }
  }
}

/** A key that remembers the comment behind it, which its new place need not show. */
function movedKey(key: Scalar, toOuter: ToOuter): Scalar {
  const result = { ...key, origin: { place: toOuter(key.origin.place) } };
  return keepsComment(key) ? { ...result, commented: true } : result;
}
