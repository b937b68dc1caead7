import { readImage, type WrittenImage, writtenImages } from "../analysis/writtenImages";
import type { Snapshot } from "../workspace/snapshot";
import type { Place } from "../yaml/source";
import { findImageUses, type ImageUse, placeKey, type RenderedRoot } from "./imageUse";

/** An image that a file names, and what becomes of it. */
export interface UsedImage extends WrittenImage {
  /** Every rendered image that it has a part in. None where no kustomization renders it, or none that is known. */
  readonly uses: readonly ImageUse[];
}

/**
 * The kustomizations that are deployed and that a file is part of, the nearest first: those that no other one includes. A kustomization file that nobody
 * includes stands for itself.
 */
export function deployedRoots({ graph }: Snapshot, path: string): readonly string[] {
  const own = graph.ofFile(path);
  return [...(own === undefined ? [] : [own]), ...graph.reachedFrom(own?.root ?? path)]
    .filter(({ root, kind }) => kind === "Kustomization" && graph.includersOf(root).length === 0)
    .map(({ root }) => root);
}

/**
 * The images that a file names, in the order of the text: in entries of `images`, in fields called `image`, and in whatever else the given builds make
 * an image of, for example the value of a JSON patch.
 */
export function usedImages(snapshot: Snapshot, path: string, builds: readonly RenderedRoot[]): readonly UsedImage[] {
  const found = new Map<string, UsedImage>();
  for (const image of writtenImages(snapshot, path)) {
    found.set(placeKey(image.place), { ...image, uses: usesOf(image.place, builds, snapshot) });
  }
  const prefix = `${path}\n`;
  for (const build of builds) {
    for (const [key, uses] of findImageUses(build, snapshot)) {
      if (!key.startsWith(prefix) || found.has(key)) continue;
      const image = fromUse(uses[0]);
      if (image !== undefined) found.set(key, { ...image, uses: usesOf(image.place, builds, snapshot) });
    }
  }
  return [...found.values()].sort((a, b) => a.place.start - b.place.start);
}

/** What becomes of the image at a place. */
export function usesOf(place: Place, builds: readonly RenderedRoot[], snapshot: Snapshot): readonly ImageUse[] {
  return builds.flatMap((build) => findImageUses(build, snapshot).get(placeKey(place)) ?? []);
}

/** A text that is known to be an image because it is rendered as one. */
function fromUse(use: ImageUse | undefined): WrittenImage | undefined {
  if (use === undefined) return undefined;
  const { place, text } = use;
  const reference = readImage(text);
  const isWritten = place.file.text.slice(place.start, place.end).includes(text);
  return reference === undefined || !isWritten ? undefined : { reference, place };
}
