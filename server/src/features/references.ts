import type { Location } from "vscode-languageserver-types";
import type { Feature, FeatureContext, PositionParameters } from "../analysis/feature";
import { findIncludes, findPathReference, findTargetFile } from "../analysis/pathTargets";
import { createResolver, findNamesAt, unique } from "../analysis/symbolTargets";
import { valueAt } from "../render/renderedText";
import { offsetAt, type Place } from "../yaml/source";
import { toRange } from "./range";

interface ReferenceParameters extends PositionParameters {
  readonly context?: { readonly includeDeclaration?: boolean } | undefined;
}

/**
 * Who names the thing at the cursor: on a name who mentions the same thing, on a path who includes the same file, elsewhere who includes
 * the file itself.
 */
export const referencesFeature: Feature<ReferenceParameters, readonly Location[]> = {
  method: "textDocument/references",
  capabilities: { referencesProvider: true },
  waitsForWorkspace: true,
  empty: [],
  handle({ position, context: wanted }, context) {
    const at = findSource(position, context);
    if (at === undefined) return [];
    const { snapshot } = context;
    const { path, offset } = at;
    const target = findPathReference(snapshot, path, offset)?.target;
    const names = target === undefined ? findNamesAt(snapshot, path, offset) : [];
    if (names.length > 0) {
      const resolver = createResolver(snapshot);
      const places = names.flatMap(({ thing }) => [
        ...(wanted?.includeDeclaration === true ? resolver.definitionsOf(thing, path).map(({ place }) => place) : []),
        ...resolver.mentionsOf(thing, path),
      ]);
      return toLocations(unique(places), context);
    }
    const included = target === undefined ? path : (findTargetFile(snapshot, target) ?? target);
    return toLocations(findIncludes(snapshot, included), context);
  },
};

/** The place in a source file that a position means: the text that gives a rendered value. */
function findSource(
  position: PositionParameters["position"],
  { document, snapshot, shownBuild }: FeatureContext,
): { readonly path: string; readonly offset: number } | undefined {
  if (document?.kind === "source") {
    const file = snapshot.file(document.path);
    return file && { path: file.path, offset: offsetAt(file, position) };
  }
  const text = document && shownBuild(document.root)?.text;
  const value = text && valueAt(text, offsetAt(text.file, position));
  if (value === undefined) return undefined;
  const { file, start } = value.node.origin.place;
  return snapshot.file(file.path) === file ? { path: file.path, offset: start } : undefined;
}

function toLocations(places: readonly Place[], { toUri }: FeatureContext): readonly Location[] {
  return places.map((place) => ({ uri: toUri(place.file.path), range: toRange(place) }));
}
