import type { SourceDocument } from "./document";
import { readFully } from "./readFully";
import type { SourceFile } from "./source";
import { splitDocuments } from "./splitDocuments";

/**
 * Reads all documents of a file. Never throws: what cannot be read becomes a problem, and what could be read is given.
 * Documents are cut apart before they are parsed, as Kustomize does, so a mistake in one leaves the others whole.
 */
export function readDocuments(file: SourceFile): readonly SourceDocument[] {
  const text = withPlainBreaks(file.text);
  return splitDocuments(text).map((document) => readFully(file, text, document));
}

/** go-yaml takes a lone carriage return and U+0085 for line breaks. The replacement has the same length, so offsets stay. */
function withPlainBreaks(text: string): string {
  return /\r(?!\n)|\u0085/.test(text) ? text.replace(/\r(?!\n)|\u0085/g, "\n") : text;
}
