import type { TextEdit } from "../yaml/textEdit";

/** A piece of a text that is being put together: kept from the first text, or new. */
type Piece = { readonly from: number; readonly to: number } | { readonly text: string };

/**
 * Two rounds of edits as one: `second` belongs to the text that `first` makes, the result to the text that `first` belongs to.
 *
 * @param length of the first text.
 */
export function composeEdits(
  first: readonly TextEdit[],
  second: readonly TextEdit[],
  length: number,
): readonly TextEdit[] {
  if (first.length === 0 || second.length === 0) return first.length === 0 ? second : first;
  return toEdits(edit(edit([{ from: 0, to: length }], first), second), length);
}

function edit(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const { start, end, text } of inOrder(edits)) {
    result.push(...cut(pieces, at, start), { text });
    at = end;
  }
  return [...result, ...cut(pieces, at, Number.POSITIVE_INFINITY)];
}

/** Insertions at one offset stay in the order in which `applyEdits` leaves them. */
function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => b.start - a.start || b.end - a.end).reverse();
}

/** The pieces of the text from one offset to another. */
function cut(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  let offset = 0;
  return pieces.flatMap((piece): Piece[] => {
    const size = "text" in piece ? piece.text.length : piece.to - piece.from;
    const low = Math.max(start - offset, 0);
    const high = Math.min(end - offset, size);
    offset += size;
    if (low >= high) return [];
    return "text" in piece
      ? [{ text: piece.text.slice(low, high) }]
      : [{ from: piece.from + low, to: piece.from + high }];
  });
}

function toEdits(pieces: readonly Piece[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let text = "";
  for (const piece of [...pieces, { from: length, to: length }]) {
    if ("text" in piece) {
      text += piece.text;
      continue;
    }
    if (text !== "" || piece.from > at) edits.push({ start: at, end: piece.from, text });
    text = "";
    at = piece.to;
  }
  return edits;
}
