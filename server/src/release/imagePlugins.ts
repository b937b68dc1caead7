import { readEmbedded } from "../kustomize/embedded";
import { isInside } from "../platform/path";
import type { SourceDocument } from "../yaml/document";
import { getIn, getValue, type Scalar } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import type { TextEdit } from "../yaml/textEdit";
import { quoteIfNeeded } from "../yaml/writeValue";
import type { Attempt } from "./entryEdits";
import type { WantedImage } from "./imageText";

/** An ImageTagTransformer under `transformers`, in a file or inline, that has the last word on an image: it comes after all entries of `images`. */
export interface ImagePlugin {
  readonly document: SourceDocument;
  readonly newTag: Scalar | undefined;
  readonly digest: Scalar | undefined;
}

/** Finds the plugin that set an image last, where it belongs to the overlay itself. */
export function findImagePlugin(root: string, { origin: { change } }: Scalar): ImagePlugin | undefined {
  if (change?.transformer !== "ImageTagTransformer" || !isInside(root, change.place.file.path)) return undefined;
  const { file, start } = change.place;
  const around = readDocuments(file).find((each) => each.start <= start && start <= each.end);
  const listed = getValue(around?.root, "transformers");
  const inline = listed?.kind === "sequence" ? listed.items : [];
  const embedded = inline.flatMap((item) =>
    item.kind === "scalar" && item.text.includes("\n") ? readEmbedded(item) : [],
  );
  for (const { root: config, start: from, end } of [...(around === undefined ? [] : [around]), ...embedded]) {
    if (config === undefined || start < from || end < start || getValue(config, "imageTag") === undefined) continue;
    const field = (name: string): Scalar | undefined => {
      const value = getIn(config, ["imageTag", name]);
      return value?.kind === "scalar" && value.text !== "" ? value : undefined;
    };
    return around && { document: around, newTag: field("newTag"), digest: field("digest") };
  }
  return undefined;
}

/** Sets the fields that the plugin has; nothing where it would need others. */
export function pluginAttempt({ document, newTag, digest }: ImagePlugin, wanted: WantedImage): Attempt | undefined {
  const isDigest = wanted.digest !== undefined;
  if (isDigest ? digest === undefined : newTag === undefined || digest !== undefined) return undefined;
  const edits = [rewrite(newTag, wanted.tag), rewrite(digest, wanted.digest)].flatMap((edit) => edit ?? []);
  return edits.length === 0 ? undefined : { document, edits };
}

/** Another text for a scalar, in its quotes where it has some; `undefined` where it is not written letter by letter. */
function rewrite(scalar: Scalar | undefined, text: string | undefined): TextEdit | undefined {
  if (scalar === undefined || text === undefined) return undefined;
  const { file, start, end } = scalar.origin.place;
  const written = file.text.slice(start, end);
  const at = written.indexOf(scalar.text);
  if (written.length > scalar.text.length + 2 || at < 0) return undefined;
  if (at === 0) return { start, end: start + scalar.text.length, text: quoteIfNeeded(text, true) };
  return { start: start + at, end: start + at + scalar.text.length, text };
}
