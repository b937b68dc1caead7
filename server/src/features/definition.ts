import type { Location } from "vscode-languageserver-types";
import type { Feature, FeatureContext, PositionParameters } from "../analysis/feature";
import { findPathReference, findTargetFile } from "../analysis/pathTargets";
import { createResolver, findNamesAt, unique } from "../analysis/symbolTargets";
import { valueAt } from "../render/renderedText";
import { offsetAt, type Place } from "../yaml/source";
import { toRange } from "./range";

/**
 * From a path to its file or to the kustomization of its directory; from a name to what it names. From a rendered value to the text that
 * gives it, and to what it names.
 */
export const definitionFeature: Feature<PositionParameters, readonly Location[]> = {
  method: "textDocument/definition",
  capabilities: { definitionProvider: true },
  waitsForWorkspace: true,
  empty: [],
  handle({ position }, context) {
    const { document, snapshot, shownBuild, toUri } = context;
    if (document?.kind === "rendered") {
      const text = shownBuild(document.root)?.text;
      const value = text && valueAt(text, offsetAt(text.file, position));
      if (value === undefined) return [];
      const { place } = value.node.origin;
      // A source that changed since is another text: its offsets mean nothing here.
      const isCurrent = snapshot.file(place.file.path) === place.file;
      const named = isCurrent ? findNamed(place.file.path, place.start, context) : [];
      return unique([place])
        .concat(named.filter((each) => !contains(place, each)))
        .map((each) => toLocation(each, context));
    }
    const file = document && snapshot.file(document.path);
    if (file === undefined) return [];
    const offset = offsetAt(file, position);
    const target = findPathReference(snapshot, file.path, offset)?.target;
    if (target === undefined) return findNamed(file.path, offset, context).map((each) => toLocation(each, context));
    const path = findTargetFile(snapshot, target);
    if (path === undefined) return [];
    const start = { line: 0, character: 0 };
    return [{ uri: toUri(path), range: { start, end: start } }];
  },
};

/** Where the things are defined that are named at an offset of a file. */
function findNamed(path: string, offset: number, { snapshot }: FeatureContext): readonly Place[] {
  const resolver = createResolver(snapshot);
  const names = findNamesAt(snapshot, path, offset);
  return unique(names.flatMap(({ thing }) => resolver.definitionsOf(thing, path)).map(({ place }) => place));
}

function contains(outer: Place, inner: Place): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

function toLocation(place: Place, { toUri }: FeatureContext): Location {
  return { uri: toUri(place.file.path), range: toRange(place) };
}
