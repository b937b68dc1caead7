import { type Place, positionAt } from "../yaml/source";

/** Lines and columns are 1-based, columns in UTF-16 units. */
export interface DataRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The range of a place as data. */
export function toDataRange({ file, start, end }: Place): DataRange {
  const [from, to] = [positionAt(file, start), positionAt(file, end)];
  return {
    start: { line: from.line + 1, column: from.character + 1 },
    end: { line: to.line + 1, column: to.character + 1 },
  };
}
