import type { Feature, FeatureContext } from "../analysis/feature";
import {
  type DocumentPosition,
  goToSourceRequest,
  originRequest,
  type PlaceInFile,
  type RenderedOrigin,
  type RenderedPlacesParams,
  renderedPlacesRequest,
} from "../protocol/origin";
import { stepsOf } from "../render/history";
import { objectOf } from "../render/originData";
import { type RenderedValue, valueAt } from "../render/renderedText";
import { renderedFrom } from "../render/sourceToRendered";
import { offsetAt, type Place } from "../yaml/source";
import { toRange } from "./range";

/** Where the value at a position of a rendered document comes from. */
export const originFeature: Feature<DocumentPosition, RenderedOrigin | null> = {
  method: originRequest,
  capabilities: {},
  empty: null,
  handle(parameters, context) {
    const value = findValue(parameters, context);
    if (value === undefined) return null;
    const { kind, name } = objectOf(value.document.root);
    return {
      object: `${kind} ${name}`,
      path: value.pointer,
      source: toPlaceInFile(value.node.origin.place, context),
      steps: stepsOf(value.node).map(({ field, place, before, after }) => ({
        field,
        place: toPlaceInFile(place, context),
        before,
        after,
      })),
    };
  },
};

/** "Go to source": the text that gives the value at a position of a rendered document. */
export const goToSourceFeature: Feature<DocumentPosition, PlaceInFile | null> = {
  method: goToSourceRequest,
  capabilities: {},
  empty: null,
  handle(parameters, context) {
    const value = findValue(parameters, context);
    return value === undefined ? null : toPlaceInFile(value.node.origin.place, context);
  },
};

/** The other way: where a position of a source file shows in a rendered document. */
export const renderedPlacesFeature: Feature<RenderedPlacesParams, readonly PlaceInFile[]> = {
  method: renderedPlacesRequest,
  capabilities: {},
  empty: [],
  handle({ uri, position, rendered }, context) {
    const source = context.fromUri(uri);
    const target = context.fromUri(rendered);
    if (source?.kind !== "source" || target?.kind !== "rendered") return [];
    const file = context.snapshot.file(source.path);
    const text = context.shownBuild(target.root)?.text;
    if (file === undefined || text === undefined) return [];
    return renderedFrom(text, source.path, offsetAt(file, position)).map(({ start, end }) => ({
      uri: rendered,
      range: toRange({ file: text.file, start, end }),
    }));
  },
};

function findValue({ uri, position }: DocumentPosition, context: FeatureContext): RenderedValue | undefined {
  const document = context.fromUri(uri);
  if (document?.kind !== "rendered") return undefined;
  const text = context.shownBuild(document.root)?.text;
  return text && valueAt(text, offsetAt(text.file, position));
}

function toPlaceInFile(place: Place, { toUri }: FeatureContext): PlaceInFile {
  return { uri: toUri(place.file.path), range: toRange(place) };
}
