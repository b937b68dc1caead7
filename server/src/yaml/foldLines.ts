/** Lines that belong together, from the first, which stays visible, to the last. 0-based. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly comment: boolean;
}

/**
 * Finds what belongs together by indentation alone, so in broken texts too. A dash in the column of the key above it belongs
 * below that key.
 */
export function foldLines(text: string): readonly Fold[] {
  const folds: Fold[] = [];
  /** Open regions; a line closes those that are not less deep. */
  const open: { readonly depth: number; readonly start: number }[] = [];
  let last = -1;
  let comment = -1;
  let scalar: number | undefined;
  const close = (depth: number): void => {
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= depth) {
      const { start } = open.pop() ?? { start: last };
      if (last > start) folds.push({ start, end: last, comment: false });
    }
  };
  const endComment = (line: number): void => {
    if (comment >= 0 && line - 1 > comment) folds.push({ start: comment, end: line - 1, comment: true });
    comment = -1;
  };
  const lines = text.split(/\r\n|\r|\n/);
  const severalDocuments = /^---(?:\s|$)/m.test(text);
  for (const [i, line] of lines.entries()) {
    const column = line.search(/\S/);
    const inScalar = scalar !== undefined && (column < 0 || column > scalar);
    if (!inScalar) scalar = undefined;
    if (!inScalar && line[column] === "#") {
      if (comment < 0) comment = i;
      continue;
    }
    endComment(i);
    if (column < 0) continue;
    if (!inScalar) {
      const isMarker = severalDocuments && /^---(?:\s|$)/.test(line);
      const dash = /^ *-(?: |$)/.test(line);
      const depth = isMarker ? -1 : 2 * column + (dash ? 1 : 0);
      close(depth);
      open.push({ depth, start: i });
      const inner = /^ *(?:- +)+/.exec(line)?.[0].length;
      // The mapping behind a dash goes on in the column of its first key; a nested value of that key is deeper still.
      if (dash && inner !== undefined && /^[^#'"]*:\s*(?:[|>][-+\d]*)?\s*$/.test(line.slice(inner))) {
        open.push({ depth: 2 * inner, start: i });
      }
      if (/(?:^|[\s:-])[|>][-+\d]*[ \t]*(?:#.*)?$/.test(line))
        scalar = dash && inner !== undefined && !line.slice(inner).includes(":") ? column : (inner ?? column);
    }
    last = i;
  }
  endComment(lines.length);
  close(-1);
  return unique(folds);
}

/** Several values may begin on one line; the longest is what folds there. */
function unique(folds: readonly Fold[]): readonly Fold[] {
  const byStart = new Map<number, Fold>();
  for (const fold of folds) {
    const known = byStart.get(fold.start);
    if (known === undefined || known.end < fold.end) byStart.set(fold.start, fold);
  }
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}
