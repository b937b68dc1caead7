import { parseImageReference } from "../kubernetes/imageReference";
import { isInside } from "../platform/path";
import type { SourceDocument } from "../yaml/document";
import type { Change, Scalar } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import { type Attempt, entryAttempts, newEntryAttempt } from "./entryEdits";
import { type EntryStep, entriesMet } from "./imageEntries";
import type { ImageWish } from "./imagePlan";
import { findImagePlugin, type ImagePlugin, pluginAttempt } from "./imagePlugins";
import { type WantedImage, withWanted, writeImage } from "./imageText";
import type { OverlayState } from "./overlayState";
import { findImageChange, history, type RenderedImage } from "./renderedImages";

/** How an image of an overlay came to its tag or digest. */
export interface Decision {
  /** The value as the overlay's own entries find it. */
  readonly before: Scalar;
  /** The entries of the overlay that it meets, in their order. */
  readonly steps: readonly EntryStep[];
  /** The last of them that says something about tag or digest. */
  readonly deciding: EntryStep | undefined;
  /** A patch of the overlay itself wrote it, before its entries came. */
  readonly isPatched: boolean;
  /** What has set it after all of these. */
  readonly plugin: ImagePlugin | undefined;
}

/** Finds out who decides about an image. */
export function findDecision({ root, overlay }: OverlayState, { value }: RenderedImage): Decision {
  const { path } = overlay.document.file;
  const isOwn = (change: Change | undefined): boolean => change?.place.file.path === path;
  let before = value;
  for (const each of history(value)) {
    before = each;
    if (!isOwn(each.origin.change) || each.origin.change?.transformer.startsWith("patches")) break;
  }
  const steps = entriesMet(overlay.entries, before.text);
  const { change } = before.origin;
  return {
    before,
    steps,
    deciding: steps.findLast(({ entry }) => saysVersion(entry)),
    isPatched: isOwn(change) && change?.transformer.startsWith("patches") === true,
    plugin: findImagePlugin(root, value),
  };
}

/** Whether an entry of `images` sets tag or digest, and not the name alone. */
export function saysVersion({ newName = "", newTag, digest, tagSuffix }: EntryStep["entry"]): boolean {
  const { tag, digest: inName } = parseImageReference(newName);
  return [newTag, digest, tagSuffix, tag, inName].some((each) => each !== undefined);
}

/** Whether the wish is to be written by digest: as asked for, else as what decides about the image is written now. */
export function isByDigest({ before, deciding, isPatched, plugin }: Decision, { to, form }: ImageWish): boolean {
  if (form === "digest" || form === "tag") return form === "digest";
  if (to.tag === undefined) return true;
  if (plugin !== undefined) return plugin.digest !== undefined;
  if (deciding !== undefined) {
    const { newName, newTag, digest } = deciding.entry;
    if (newTag !== undefined) return digest !== undefined || newTag.includes("@");
    return digest !== undefined || newName?.includes("@") === true;
  }
  if (isPatched) return before.text.includes("@");
  // An entry of a base or component that pins the image; one of the overlay that gives it another name leaves it pinned.
  const change = findImageChange(before);
  const earlier = change?.before?.kind === "scalar" ? change.before.text : "";
  const { digest } = parseImageReference(before.text);
  return change !== undefined && digest !== undefined && digest !== parseImageReference(earlier).digest;
}

/** The ways to bring an image to the wanted tag or digest, the team's own way first. */
export function findAttempts(state: OverlayState, image: RenderedImage, wanted: WantedImage): readonly Attempt[] {
  const { before, steps, deciding, isPatched, plugin } = findDecision(state, image);
  const { overlay } = state;
  const attempts: (Attempt | undefined)[] = plugin === undefined ? [] : [pluginAttempt(plugin, wanted)];
  if (deciding !== undefined) attempts.push(...entryAttempts(overlay, deciding, wanted));
  if (deciding === undefined && isPatched) attempts.push(textAttempt(state, before, wanted));
  const last = steps.at(-1);
  if (deciding === undefined && last !== undefined) attempts.push(...entryAttempts(overlay, last, wanted));
  const note = steps.length > 0 || isPatched ? besideNote(wanted) : newEntryNote(before, wanted);
  attempts.push(newEntryAttempt(overlay, wanted, note));
  if (steps.length === 0 && !isPatched) attempts.push(textAttempt(state, before, wanted));
  return attempts.flatMap((attempt) => attempt ?? []);
}

/** Changes an image where it is written, in a file of the overlay's own: only the letters of the image. */
function textAttempt({ root }: OverlayState, { text, origin }: Scalar, wanted: WantedImage): Attempt | undefined {
  const { file, start, end } = origin.place;
  if (!isInside(root, file.path)) return undefined;
  const written = file.text.slice(start, end);
  const at = written.indexOf(text);
  if (at < 0 || written.indexOf(text, at + 1) >= 0) return undefined;
  const document = readDocuments(file).find((each) => each.start <= start && end <= each.end);
  const edits = [{ start: start + at, end: start + at + text.length, text: withWanted(text, wanted) }];
  return document && { document: document satisfies SourceDocument, edits };
}

function newEntryNote({ text, origin }: Scalar, wanted: WantedImage): string {
  const who = findImageChange({ kind: "scalar", text, tag: "str", style: "plain", origin })
    ? "An entry of a base or component"
    : "A manifest";
  return `${who} says \`${text}\`; the overlay gets an entry \`${wanted.name}\` of its own and leaves that alone.`;
}

function besideNote(wanted: WantedImage): string {
  const what = writeImage(wanted);
  return `What says the image now stands for other things too and stays; a new entry behind it says \`${what}\`.`;
}
