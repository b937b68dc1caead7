import type { LinePosition } from "./workbench";

/**
 * Where a word stands in a text.
 * @param line a part of the line that holds the word; its last occurrence in the text counts
 * @throws when the text has no such line or word
 */
export function positionOf(text: string, line: string, word: string): LinePosition {
  const start = text.lastIndexOf(line);
  const within = line.indexOf(word);
  if (start < 0 || within < 0) throw new Error(`There is no '${word}' in '${line}' here:\n${text}`);
  const before = text.slice(0, start + within).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
