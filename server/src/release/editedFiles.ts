import type { Found } from "../kustomize/loader";
import type { BuildSource } from "../render/builds";
import type { SourceFile } from "../yaml/source";
import { applyEdits, type TextEdit } from "../yaml/textEdit";
import { composeEdits } from "./composeEdits";
import type { PlannedFile } from "./imagePlan";

/** Files as they would be with edits that nobody has made yet. */
export interface EditedFiles extends BuildSource {
  /** What differs from the files below, by path. */
  readonly planned: readonly PlannedFile[];
  /** The same with further edits of one file, as it is here. */
  with(file: SourceFile, edits: readonly TextEdit[]): EditedFiles;
}

/** Begins with the files as they are. */
export function editedFiles(below: BuildSource): EditedFiles {
  return layer(below, new Map());
}

/** One file, by its real path. */
interface EditedFile extends PlannedFile {
  readonly found: Extract<Found, { kind: "file" }>;
}

function layer(below: BuildSource, edited: ReadonlyMap<string, EditedFile>): EditedFiles {
  return {
    lookUp(path) {
      const found = below.lookUp(path);
      return found.kind === "file" ? (edited.get(found.realPath)?.found ?? found) : found;
    },
    freeDirectoryOf: below.freeDirectoryOf && ((root) => below.freeDirectoryOf?.(root)),
    planned: [...edited.values()]
      .map(({ before, edits, after }) => ({ before, edits, after }))
      .sort((a, b) => (a.before.path < b.before.path ? -1 : 1)),
    with(file, edits) {
      const found = below.lookUp(file.path);
      if (found.kind !== "file") return layer(below, edited);
      const known = edited.get(found.realPath);
      const before = known?.before ?? found.source;
      const after = applyEdits(file.text, edits);
      const composed = composeEdits(known?.edits ?? [], edits, before.text.length);
      const source = { path: found.source.path, text: after };
      return layer(
        below,
        new Map(edited).set(found.realPath, { before, edits: composed, after, found: { ...found, source } }),
      );
    },
  };
}
