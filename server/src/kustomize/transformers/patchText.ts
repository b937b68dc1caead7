import type { SourceDocument } from "../../yaml/document";
import type { Scalar } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { type Layer, layerFile } from "../layer";
import { type ObjectsRead, objectsOf } from "../resourceFile";

/** The content of a patch, from a file or written inline. */
export interface PatchText {
  readonly documents: readonly SourceDocument[];
  /** Its objects, when it is a strategic-merge patch. */
  readonly read: ObjectsRead;
  readonly text: string;
  /** Where the kustomization names it or writes it. */
  readonly place: Place;
  /** `[path: "p.yaml"]` or `[patch: "…"]`, as upstream names it. */
  readonly source: string;
}

/**
 * Reads the file of a patch.
 * @throws BuildFailure where it is named.
 */
export function patchFile(layer: Layer, path: Scalar): PatchText {
  const { place } = path.origin;
  const file = layerFile(layer, path.text, place);
  const { documents } = layer.run;
  return {
    documents: documents.of(file),
    read: documents.objectsOf(file),
    text: file.text,
    place,
    source: `[path: ${JSON.stringify(path.text)}]`,
  };
}

/** Reads a patch that is written inline; that of an entry of `patches` without the white space around it. */
export function inlinePatch(layer: Layer, patch: Scalar, isTrimmed = false): PatchText {
  const { documents: known } = layer.run;
  const documents = isTrimmed ? known.embeddedInTrimmed(patch) : known.embeddedIn(patch);
  return {
    documents,
    read: objectsOf(patch.origin.place.file, documents),
    text: isTrimmed ? patch.text.trim() : patch.text,
    place: patch.origin.place,
    source: `[patch: ${JSON.stringify(patch.text.trim())}]`,
  };
}
