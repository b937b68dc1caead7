import type { Json } from "../kubernetes/json";
import { emitDocuments, marksOf } from "../yaml/emit";
import { readDocuments } from "../yaml/read";
import { positionAt } from "../yaml/source";

/** A value as YAML, in the form in which `kustomize build` prints: keys in one order, one form for each value. */
export interface PrintedJson {
  readonly text: string;
  /** For each line of the text the JSON pointer of the value that stands there. */
  readonly pointers: readonly string[];
}

/** Prints a value. What YAML cannot hold comes as JSON, without pointers. */
export function printJson(value: Json): PrintedJson {
  // JSON is YAML too.
  const [source] = readDocuments({ path: "/object.json", text: JSON.stringify(value) });
  const { documents, text } = emitDocuments(source?.root === undefined ? [] : [source.root]);
  const [document] = documents;
  if (document === undefined) return { text: `${JSON.stringify(value, undefined, 2)}\n`, pointers: [] };
  const file = { path: "/object.yaml", text };
  const pointers: string[] = text.split("\n").map(() => "");
  for (const mark of marksOf(document)) {
    const first = positionAt(file, mark.from).line;
    const last = positionAt(file, Math.max(mark.from, mark.end - 1)).line;
    for (let line = first; line <= last; line++) pointers[line] = mark.pointer;
  }
  return { text, pointers };
}
