/** A text with the path it was read from: what every place in this product points into. */
export interface SourceFile {
  /** Absolute POSIX path, for example `/repo/config/base/kustomization.yaml`; on Windows `/c:/repo/...`. */
  readonly path: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets in one file. */
export interface Place {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both 0-based, columns in UTF-16 units: the Language Server Protocol's convention. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

const lineStartsOf = new WeakMap<SourceFile, readonly number[]>();

/** The offsets at which the lines of `file` begin; `\n`, `\r\n` and a lone `\r` end a line. Computed once for each file. */
export function lineStarts(file: SourceFile): readonly number[] {
  let starts = lineStartsOf.get(file);
  if (starts === undefined) {
    const found = [0];
    const { text } = file;
    // A file holds one way to break lines, most often; the engine finds a character many times faster than a loop does.
    if (text.includes("\r")) findAnyBreaks(text, found);
    else for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found.push(at + 1);
    starts = found;
    lineStartsOf.set(file, starts);
  }
  return starts;
}

function findAnyBreaks(text: string, found: number[]): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) found.push(i + 1);
  }
}

/** The line and column of an offset; an offset past the end gives the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = lineStarts(file);
  const wanted = Math.max(0, Math.min(offset, file.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: wanted - (starts[low] ?? 0) };
}

/** The offset of a line and column; one outside the text gives the nearest inside. */
export function offsetAt(file: SourceFile, position: Position): number {
  const starts = lineStarts(file);
  if (position.line < 0) return 0;
  const start = starts[position.line];
  if (start === undefined) return file.text.length;
  const end = starts[position.line + 1] ?? file.text.length;
  return Math.min(start + Math.max(0, position.character), end);
}
