import type { Scalar } from "../../yaml/node";
import type { SourceFile } from "../../yaml/source";
import type { Field } from "../fields";
import { type KeyValue, type ReadContent, sourceFailure } from "./keyValue";

/** Go reads lines into a buffer of this size, in bytes, and stops for good at a line that does not fit. */
const maxLine = 65536;

/** White space as Go's `unicode.IsSpace` knows it. */
const leadingSpace = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/;

/**
 * Reads the lines of an env file (upstream: `keyValuesFromLines`). A line is cut at its first `=`, without which its value is
 * empty; white space goes only before the key, so `B = 2` gives the key `B ` and the value ` 2`; quotes stay. Empty lines,
 * comments (`#`) and lines without a key are left out.
 * @throws BuildFailure at the entry that names the file when it cannot be read or is no UTF-8.
 */
export function readEnvFile({ node, path }: Field<Scalar>, read: ReadContent): readonly KeyValue[] {
  const { place } = node.origin;
  const { source, bytes } = read(node.text, place);
  if (bytes !== undefined) {
    throw sourceFailure("env-not-utf8", place, {
      message: `The env file \`${node.text}\` is not UTF-8 text.`,
      help: "Save it as UTF-8, or use the file as a whole under `files`.",
      detail: "has invalid utf8 bytes",
    });
  }
  const pairs: KeyValue[] = [];
  // The byte order mark before the first line is no part of it.
  let start = source.text.startsWith("\ufeff") ? 1 : 0;
  while (start < source.text.length) {
    const newline = source.text.indexOf("\n", start);
    const lineEnd = newline < 0 ? source.text.length : newline;
    const line = source.text.slice(start, lineEnd);
    if (isTooLong(line)) break;
    const pair = readLine(source, start, line.endsWith("\r") ? lineEnd - 1 : lineEnd);
    if (pair !== undefined) pairs.push({ ...pair, entry: place, path });
    start = lineEnd + 1;
  }
  return pairs;
}

function isTooLong(line: string): boolean {
  return line.length * 3 >= maxLine && new TextEncoder().encode(line).length >= maxLine;
}

function readLine(file: SourceFile, start: number, end: number): Omit<KeyValue, "entry" | "path"> | undefined {
  const line = file.text.slice(start, end);
  const keyStart = leadingSpace.exec(line)?.[0].length ?? 0;
  const equals = line.indexOf("=", keyStart);
  const keyEnd = equals < 0 ? line.length : equals;
  if (keyEnd === keyStart || line.charAt(keyStart) === "#") return undefined;
  const valueStart = Math.min(keyEnd + 1, line.length);
  return {
    key: line.slice(keyStart, keyEnd),
    value: line.slice(valueStart),
    keyPlace: { file, start: start + keyStart, end: start + keyEnd },
    valuePlace: { file, start: start + valueStart, end },
  };
}
