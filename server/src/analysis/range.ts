import { type Place, type Position, positionAt } from "../yaml/source";

/** A range as the Language Server Protocol writes it. */
export interface LineRange {
  readonly start: Position;
  readonly end: Position;
}

/** A place by lines and columns. */
export function toLineRange({ file, start, end }: Place): LineRange {
  return { start: positionAt(file, start), end: positionAt(file, end) };
}
