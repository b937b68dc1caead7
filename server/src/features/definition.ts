import type { Location } from "vscode-languageserver-types";
import type { Feature, PositionParameters } from "../analysis/feature";
import { findPathReference, findTargetFile } from "../analysis/pathTargets";
import { toLineRange } from "../analysis/range";
import { valueAt } from "../render/renderedText";
import { offsetAt } from "../yaml/source";

/** From a path to its file or to the kustomization of its directory; from a rendered value to the text that gives it. */
export const definitionFeature: Feature<PositionParameters, readonly Location[]> = {
  method: "textDocument/definition",
  capabilities: { definitionProvider: true },
  waitsForWorkspace: true,
  empty: [],
  handle({ position }, { document, snapshot, shownBuild, toUri }) {
    if (document?.kind === "rendered") {
      const text = shownBuild(document.root)?.text;
      const value = text && valueAt(text, offsetAt(text.file, position));
      if (value === undefined) return [];
      const { place } = value.node.origin;
      return [{ uri: toUri(place.file.path), range: toLineRange(place) }];
    }
    const file = document && snapshot.file(document.path);
    if (file === undefined) return [];
    const target = findPathReference(snapshot, file.path, offsetAt(file, position))?.target;
    const path = target === undefined ? undefined : findTargetFile(snapshot, target);
    if (path === undefined) return [];
    const start = { line: 0, character: 0 };
    return [{ uri: toUri(path), range: { start, end: start } }];
  },
};
