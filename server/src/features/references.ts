import type { Location } from "vscode-languageserver-types";
import type { Feature, PositionParameters } from "../analysis/feature";
import { findIncludes, findPathReference, findTargetFile } from "../analysis/pathTargets";
import { toLineRange } from "../analysis/range";
import { offsetAt } from "../yaml/source";

/** Who includes a file: on a path the file that it names, elsewhere the file itself. */
export const referencesFeature: Feature<PositionParameters, readonly Location[]> = {
  method: "textDocument/references",
  capabilities: { referencesProvider: true },
  waitsForWorkspace: true,
  empty: [],
  handle({ position }, { document, snapshot, toUri }) {
    const file = document?.kind === "source" ? snapshot.file(document.path) : undefined;
    if (file === undefined) return [];
    const target = findPathReference(snapshot, file.path, offsetAt(file, position))?.target;
    const path = target === undefined ? file.path : (findTargetFile(snapshot, target) ?? target);
    return findIncludes(snapshot, path).map((place) => ({ uri: toUri(place.file.path), range: toLineRange(place) }));
  },
};
