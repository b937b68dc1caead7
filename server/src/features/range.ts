import type { Range } from "vscode-languageserver-types";
import { type Place, positionAt } from "../yaml/source";

/** A place as the Language Server Protocol writes it: by lines and columns. */
export function toRange({ file, start, end }: Place): Range {
  return { start: positionAt(file, start), end: positionAt(file, end) };
}
