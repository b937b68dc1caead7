import type { SourceDocument } from "../yaml/document";
import type { Edits } from "../yaml/edit";
import { removeAt } from "../yaml/edit";
import type { YamlPath } from "../yaml/editTree";
import { type RewriteStep, rewrite } from "../yaml/rewrite";
import type { SourceFile } from "../yaml/source";
import type { Finding, Fix, TextChange } from "./finding";
import type { FixContext } from "./rule";

/** The document in which a finding stands, as it is now; `undefined` when the text has changed since. */
export function documentOf(finding: Finding, { snapshot }: FixContext): SourceDocument | undefined {
  const { file, start } = finding.place;
  if (snapshot.file(file.path)?.text !== file.text) return undefined;
  return snapshot.documents(file.path).find((document) => document.start <= start && start <= document.end);
}

/** Edits of one file as changes. */
export function toChanges(file: SourceFile, edits: NonNullable<Edits>): readonly TextChange[] {
  return edits.map(({ start, end, text }) => ({ place: { file, start, end }, text }));
}

/** A fix made of edits; none when they could not be made. */
export function fixOf(title: string, file: SourceFile, edits: Edits, preferred?: boolean): readonly Fix[] {
  if (edits === undefined || edits.length === 0) return [];
  return [{ title, edits: toChanges(file, edits), ...(preferred === true && { preferred }) }];
}

/** A fix made of steps that build on each other; none when one of them could not be done or nothing changed. */
export function rewriteFix(title: string, document: SourceDocument, steps: readonly RewriteStep[]): readonly Fix[] {
  const edit = rewrite(document, steps);
  if (edit === undefined || (edit.start === edit.end && edit.text === "")) return [];
  return fixOf(title, document.file, [edit], true);
}

/** Puts another text in the place of a finding. */
export function replaceFix(title: string, finding: Finding, text: string): Fix {
  return { title, edits: [{ place: finding.place, text }], preferred: true };
}

/** Removes the entry or item at a path. */
export function removeFix(title: string, document: SourceDocument, path: YamlPath): readonly Fix[] {
  return fixOf(title, document.file, removeAt(document, path));
}

/** The path from the root of a document down to what stands at a place: a value, or an entry by its key. */
export function pathAt(document: SourceDocument, start: number, end: number): (string | number)[] | undefined {
  const path: (string | number)[] = [];
  let node = document.root;
  const holds = (place: { start: number; end: number }) => place.start <= start && end <= place.end;
  while (node !== undefined) {
    if (node.kind === "mapping") {
      const entry = node.entries.find(({ key, value }) => holds(key.origin.place) || holds(value.origin.place));
      if (entry === undefined) return path.length === 0 ? undefined : path;
      path.push(entry.key.text);
      if (holds(entry.key.origin.place)) return path;
      node = entry.value;
    } else if (node.kind === "sequence") {
      const index = node.items.findIndex((item) => holds(item.origin.place));
      if (index < 0) return path;
      path.push(index);
      node = node.items[index];
    } else return path;
  }
  return path;
}
