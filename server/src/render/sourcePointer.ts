import type { Node } from "../yaml/node";
import { toPointerStep } from "../yaml/pointerStep";
import { readDocuments } from "../yaml/read";
import type { Place, SourceFile } from "../yaml/source";

/** A value of a source file by its range. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
}

const spansOf = new WeakMap<SourceFile, readonly Span[]>();

/**
 * The JSON pointer, in its YAML document, of the innermost value that holds `place`; empty for the document itself and for
 * files that are no YAML, such as the env file of a generator.
 */
export function sourcePointer(place: Place): string {
  if (!/\.(?:ya?ml|json)$|\/Kustomization$/i.test(place.file.path)) return "";
  const spans = getSpans(place.file);
  // Spans are in the order of their starts, outer before inner, so the last that fits is the innermost.
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= place.start) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0; i--) {
    const span = spans[i];
    if (span !== undefined && span.end >= place.end) return span.pointer;
  }
  return "";
}

function getSpans(file: SourceFile): readonly Span[] {
  let known = spansOf.get(file);
  if (known === undefined) {
    const spans: Span[] = [];
    for (const { root } of readDocuments(file)) if (root !== undefined) collect(file, root, "", spans);
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    known = spans;
    spansOf.set(file, known);
  }
  return known;
}

function collect(file: SourceFile, node: Node, pointer: string, spans: Span[]): void {
  const { place } = node.origin;
  if (place.file !== file) return;
  spans.push({ start: place.start, end: place.end, pointer });
  if (node.kind === "mapping") {
    for (const { key, value } of node.entries) {
      const child = `${pointer}/${toPointerStep(key.text)}`;
      spans.push({ start: key.origin.place.start, end: key.origin.place.end, pointer: child });
      collect(file, value, child, spans);
    }
  } else if (node.kind === "sequence") {
    for (const [i, item] of node.items.entries()) collect(file, item, `${pointer}/${i}`, spans);
  }
}
