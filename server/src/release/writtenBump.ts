import { parseImageReference } from "../kubernetes/imageReference";
import { parentPath } from "../platform/path";
import type { Place } from "../yaml/source";
import { applyEdits, type TextEdit } from "../yaml/textEdit";
import type { ImageRefusal, ImageTarget, ImageWish, Planned, PlanSource, RefusalReason } from "./imagePlan";
import { findTargetMistake, type WantedImage, withWanted } from "./imageText";
import { type NamedRoot, tryInRoots, unchangedNotes } from "./tryInRoots";

/** A wish for one image that a manifest or patch names, to be changed where it stands. */
export interface WrittenWish {
  /** The scalar. */
  readonly place: Place;
  /** What it holds, for example `quay.io/team/app:1.2`. */
  readonly text: string;
  readonly to: ImageTarget;
  /** As for overlays: with a digest where there is one now, unless this says otherwise. */
  readonly form?: ImageWish["form"];
  /** For people where no kustomization renders it, for example `Task build`. */
  readonly object: string;
}

/**
 * Plans how an image comes to another tag or digest in the text that names it: only the letters of the image change. Every kustomization that the file
 * reaches is rendered with it.
 *
 * @param roots the kustomizations that are deployed and that the file is part of; none for a manifest that is applied by itself.
 */
export function planWrittenBump(wish: WrittenWish, roots: readonly NamedRoot[], source: PlanSource): Planned {
  const wanted = findWanted(wish);
  if ("kind" in wanted) return wanted;
  const { place, text, object } = wish;
  const after = withWanted(text, wanted);
  const edits = after === text ? [] : editText(place, text, after);
  if (edits === undefined) {
    return refuse("outOfReach", `\`${text}\` is not written here in one piece.`, "Change it by hand.", place);
  }
  const tried = tryInRoots([{ file: place.file, edits }], roots, source);
  if ("kind" in tried) return tried;
  const isUnused = roots.length > 0 && edits.length > 0 && tried.images.length === 0;
  if (isUnused && tried.unchanged.length > 0) return unused(tried.unchanged, place);
  return {
    kind: "planned",
    root: parentPath(place.file.path),
    files: edits.length === 0 ? [] : [{ before: place.file, edits, after: applyEdits(place.file.text, edits) }],
    images: tried.images.length > 0 ? tried.images : [{ object, pointer: "", before: text, after }],
    followers: tried.followers,
    notes: [...tried.notes, ...(edits.length === 0 ? [] : unchangedNotes(tried.unchanged))],
  };
}

/** What is to stand there; refuses where the digest of a tag is needed first. */
function findWanted({ text, to: { tag, digest }, form, place }: WrittenWish): WantedImage | ImageRefusal {
  const mistake = findTargetMistake({ tag, digest });
  const help = "Give a tag such as `1.4.2` or a digest such as `sha256:…`.";
  if (mistake !== undefined) return refuse("badTarget", mistake, help, place);
  const { name, digest: now } = parseImageReference(text);
  const byDigest = form === "digest" || (form !== "tag" && (tag === undefined || now !== undefined));
  if (!byDigest) {
    return tag === undefined
      ? refuse("tagNeeded", `\`${name}\` is to be written by tag, and only a digest is given.`, "Give a tag.", place)
      : { name, tag };
  }
  if (digest !== undefined) return { name, tag, digest };
  const message = `\`${name}\` is written by digest here, and the digest of \`${tag ?? ""}\` is not known.`;
  const answer = "Let the registry be asked, or give the digest.";
  return { ...refuse("digestNeeded", message, answer, place), image: name };
}

/** Changes the letters of the image alone; `undefined` where escapes or folded lines hide them. */
function editText({ file, start, end }: Place, text: string, after: string): readonly TextEdit[] | undefined {
  const written = file.text.slice(start, end);
  const at = written.indexOf(text);
  if (at < 0 || written.indexOf(text, at + 1) >= 0) return undefined;
  return [{ start: start + at, end: start + at + text.length, text: after }];
}

function unused(roots: readonly NamedRoot[], place: Place): ImageRefusal {
  const names = roots.map(({ label }) => `\`${label}\``).join(", ");
  const message = `What is written here is not what is rendered: ${names} would stay the same.`;
  return refuse("outOfReach", message, "Bump the image in the overlay.", place);
}

function refuse(reason: RefusalReason, message: string, help: string, place: Place): ImageRefusal {
  return { kind: "refused", reason, message, help, place };
}
