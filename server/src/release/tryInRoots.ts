import type { SourceFile } from "../yaml/source";
import type { TextEdit } from "../yaml/textEdit";
import { editedFiles } from "./editedFiles";
import type { ImageRefusal, PlannedImage, PlanSource } from "./imagePlan";
import { asScalar, findRenderedChanges, openPartly, type RenderedChange } from "./overlayState";
import { changesMore, divideChanges, keyOf } from "./reach";
import { findRenderedImages } from "./renderedImages";

/** A kustomization and its path for people. */
export interface NamedRoot {
  readonly root: string;
  readonly label: string;
}

/** What edits do to kustomizations that they were not planned for. */
export interface TriedRoots {
  /** The images that are others then; the object says in which kustomization. */
  readonly images: readonly PlannedImage[];
  /** Values that repeat such an image. */
  readonly followers: readonly PlannedImage[];
  /** Kustomizations that render the same as before. */
  readonly unchanged: readonly NamedRoot[];
  /** What could not be tried, a sentence each. */
  readonly notes: readonly string[];
}

/** One file and what is to be changed in it. */
export interface EditedText {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
}

/** Renders kustomizations with edits, in memory. Refuses when one would not build any more, or when more than images would change. */
export function tryInRoots(
  edited: readonly EditedText[],
  roots: readonly NamedRoot[],
  source: PlanSource,
): TriedRoots | ImageRefusal {
  const files = edited.reduce((all, { file, edits }) => all.with(file, edits), editedFiles(source.files));
  const [images, followers]: [PlannedImage[], PlannedImage[]] = [[], []];
  const unchanged: NamedRoot[] = [];
  const notes: string[] = [];
  for (const named of roots) {
    const before = openPartly(named.root, source);
    if ("kind" in before) {
      notes.push(`\`${named.label}\` does not build as it is, so that it was not tried.`);
      continue;
    }
    const after = openPartly(named.root, { ...source, files });
    if ("kind" in after) return breaksBuild(named, after);
    const changes = findRenderedChanges(before.result, after.result) ?? [];
    const known = new Set(findRenderedImages(before.result.resources).map(keyOf));
    const own = changes.filter((each) => known.has(keyOf(each)) || isImageField(each));
    const divided = divideChanges(
      changes,
      own.map((image) => ({ image })),
    );
    const [other] = divided.others;
    if (other !== undefined) return changesMore(other);
    images.push(...own.map((each) => toPlanned(each, named)));
    followers.push(...divided.followers.map((each) => toPlanned(each, named)));
    if (changes.length === 0) unchanged.push(named);
  }
  return { images, followers, unchanged, notes };
}

/** What to know of kustomizations that stay the same, a sentence each. */
export function unchangedNotes(roots: readonly NamedRoot[]): readonly string[] {
  return roots.map(({ label }) => `\`${label}\` renders the same as before.`);
}

function breaksBuild({ label }: NamedRoot, { message }: ImageRefusal): ImageRefusal {
  return {
    kind: "refused",
    reason: "breaksBuild",
    message: `With this change \`${label}\` would not build. ${message}`,
    help: "Make the change by hand and see what the build says.",
  };
}

/** A field of a custom resource of which nobody but its name says that it holds an image. */
function isImageField({ pointer }: RenderedChange): boolean {
  return pointer.endsWith("/image");
}

function toPlanned({ object, pointer, before, after }: RenderedChange, { label }: NamedRoot): PlannedImage {
  const text = (node: RenderedChange["before"]): string => asScalar(node)?.text ?? "";
  return { object: `${object} in ${label}`, pointer, before: text(before), after: text(after) };
}
