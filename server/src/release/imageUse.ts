import type { BuildResult } from "../kustomize/build";
import type { Loader } from "../kustomize/loader";
import { parentPath } from "../platform/path";
import type { Scalar } from "../yaml/node";
import type { Place } from "../yaml/source";
import { saysVersion } from "./deciders";
import { type ImageEntry, readOverlayFile } from "./imageEntries";
import { findRenderedImages, history, type RenderedImage } from "./renderedImages";

/** A rendered image, and what one text or entry on its way has to do with it. */
export interface ImageUse {
  /** The kustomization that renders it. */
  readonly root: string;
  readonly image: RenderedImage;
  /** Of the text or the entry. */
  readonly place: Place;
  /** The image as this step left it. */
  readonly text: string;
  /** Nothing after this step said another tag or digest: who changes it here changes what is rendered. */
  readonly decides: boolean;
  /** The text or entry that decides. */
  readonly decidedAt: Place;
}

/** What makes the images of a kustomization, by `placeKey` of each text and each entry of `images` on their way. */
export type ImageUses = ReadonlyMap<string, readonly ImageUse[]>;

/** A build, and the kustomization that it is of. */
export interface RenderedRoot {
  readonly root: string;
  readonly result: BuildResult;
}

/** The key of a text or an entry: a place in a version of a file is known by where it begins. */
export function placeKey({ file, start }: Place): string {
  return `${file.path}\n${start}`;
}

const known = new WeakMap<BuildResult, ImageUses>();

/** Goes back from each rendered image to the texts and entries that made it. Remembered as long as the build is. */
export function findImageUses({ root, result }: RenderedRoot, loader: Loader): ImageUses {
  let uses = known.get(result);
  if (uses === undefined) {
    uses = collectUses({ root, result }, loader);
    known.set(result, uses);
  }
  return uses;
}

function collectUses({ root, result }: RenderedRoot, loader: Loader): ImageUses {
  const uses = new Map<string, ImageUse[]>();
  const findEntry = entryFinder(loader);
  for (const image of findRenderedImages(result.resources)) {
    const steps = stepsOf(image.value, findEntry);
    const decider = steps.findIndex((step) => step.decides);
    const decidedAt = steps[decider]?.place ?? image.value.origin.place;
    for (const [i, { place, text }] of steps.entries()) {
      const key = placeKey(place);
      uses.set(key, [...(uses.get(key) ?? []), { root, image, place, text, decides: i <= decider, decidedAt }]);
    }
  }
  return uses;
}

interface Step {
  readonly place: Place;
  readonly text: string;
  /** It says a tag or digest, and not the name alone. A text does so even when it has none: that means `latest`. */
  readonly decides: boolean;
}

/** The steps that gave an image its text, the last one first. */
function stepsOf(value: Scalar, findEntry: (place: Place) => ImageEntry | undefined): readonly Step[] {
  return [...history(value)].map(({ text, origin: { place, change } }) => {
    if (change?.transformer !== "images") return { place, text, decides: true };
    const entry = findEntry(change.place);
    return { place: change.place, text, decides: entry === undefined || saysVersion(entry) };
  });
}

/** Reads each kustomization file once. */
function entryFinder(loader: Loader): (place: Place) => ImageEntry | undefined {
  const read = new Map<string, readonly ImageEntry[]>();
  return ({ file, start }) => {
    const entries = read.get(file.path) ?? readOverlayFile(parentPath(file.path), loader)?.entries ?? [];
    read.set(file.path, entries);
    return entries.find(({ place }) => place.start === start);
  };
}
