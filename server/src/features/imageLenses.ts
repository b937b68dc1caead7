import type { FeatureContext } from "../analysis/feature";
import { type ImageState, imageState } from "../analysis/imageState";
import { writtenImages } from "../analysis/writtenImages";
import { type ImageReference, parseImageReference } from "../kubernetes/imageReference";
import { registryAnswers } from "../observations/registryAnswers";
import { checkCancelled } from "../platform/cancellation";
import { parentPath } from "../platform/path";
import { type BumpArgument, bumpImageCommand } from "../protocol/bump";
import type { ImageUse, RenderedRoot } from "../release/imageUse";
import { deployedRoots, type UsedImage, usedImages } from "../release/usedImages";
import { loadBuild } from "../render/loadBuild";
import type { Place } from "../yaml/source";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

/** One lens above an image that a file names. */
export interface ImageLens {
  readonly place: Place;
  readonly title: string;
  readonly command: string;
  readonly argument: BumpArgument;
}

/** How many kustomizations are asked what they make of a file, and how many lenses a file gets. */
const mostRoots = 12;
const mostLenses = 100;

/** How many kustomizations that a file is part of are left out of `buildsAround`. */
export function countUnasked(path: string, { snapshot }: FeatureContext): number {
  return Math.max(0, deployedRoots(snapshot, path).length - mostRoots);
}

/** The builds of the kustomizations that are deployed and that a file is part of. They are kept current for the findings anyway. */
export async function buildsAround(path: string, context: FeatureContext): Promise<readonly RenderedRoot[]> {
  const builds: RenderedRoot[] = [];
  for (const root of deployedRoots(context.snapshot, path).slice(0, mostRoots)) {
    const { result } = await loadBuild(context.builds, context, root, context.cancellation);
    builds.push({ root, result });
    await context.giveWay?.();
    checkCancelled(context.cancellation);
  }
  return builds;
}

/**
 * Above each entry of `images`: how it stands to what its registry has, and the way to another version. Above other images only what is to be done
 * about them, and where another file decides about them.
 */
export async function imageLenses(path: string, context: FeatureContext): Promise<readonly ImageLens[]> {
  const { snapshot } = context;
  const own = snapshot.graph.ofFile(path);
  const mayHoldImages = own !== undefined || snapshot.graph.includersOf(path).length > 0;
  if (!mayHoldImages && writtenImages(snapshot, path).length === 0) return [];
  const images = usedImages(snapshot, path, await buildsAround(path, context));
  const lenses = images.flatMap((image) => lensOf(image, path, context) ?? []);
  const important = lenses.length > mostLenses ? lenses.filter(({ urgent }) => urgent) : lenses;
  return important.slice(0, mostLenses).map(({ place, title, argument }) => {
    return { place: { ...place, end: place.start }, title, command: bumpImageCommand, argument };
  });
}

interface Lens extends Omit<ImageLens, "command"> {
  /** There is something to be done. */
  readonly urgent: boolean;
}

function lensOf(image: UsedImage, path: string, context: FeatureContext): Lens | undefined {
  const { place, entry, uses } = image;
  const argument = argumentOf(image, path, context);
  if (argument === undefined) return undefined;
  if (isOverruled(image)) return { place, title: overruledTitle(place, uses, path, context), argument, urgent: false };
  const { title, tag, urgent } = wordsFor(shownReference(image), context);
  if (entry === undefined && !urgent) return undefined;
  return { place, title, argument: { ...argument, ...(tag !== undefined && { tag }) }, urgent };
}

/** What a bump of an image that a file names is about; nothing for an entry of a component that nobody takes in. */
export function argumentOf(image: UsedImage, path: string, context: FeatureContext): BumpArgument | undefined {
  const { place, entry, uses, reference } = image;
  if (isOverruled(image)) return choiceOf(uses, path, context);
  const { name } = shownReference(image);
  const own = context.snapshot.graph.ofFile(path);
  if (entry === undefined || own === undefined) {
    const { tag, digest } = reference;
    return { at: { uri: context.toUri(path), range: toRange(place) }, image: name, now: { tag, digest } };
  }
  // A Component renders nothing by itself: only those that take it in can be tried.
  if (own.kind === "Component") return uses.length === 0 ? undefined : choiceOf(uses, path, context);
  return { root: context.toUri(own.root), image: name };
}

/** Another file or line says the version of an image, whatever is rendered of it. */
export function isOverruled({ uses }: UsedImage): boolean {
  return uses.length > 0 && !uses.some(({ decides }) => decides);
}

/** The image as it is rendered where its text or entry decides; else as it is written. */
function shownReference({ uses, reference }: UsedImage): ImageReference {
  return renderedReference(uses.filter(({ decides }) => decides)) ?? reference;
}

/** What is said above an image of which another file says the version: to change it here would change nothing. */
function overruledTitle(place: Place, uses: readonly ImageUse[], path: string, context: FeatureContext): string {
  const { folders } = context.snapshot;
  const labels = [...new Set(uses.map(({ decidedAt }) => labelOf(parentPath(decidedAt.file.path), folders)))];
  const isSame = uses.every(({ decidedAt }) => decidedAt.file.path === place.file.path);
  const unasked = countUnasked(path, context);
  const rest = unasked === 0 ? "" : ` (${unasked} more not looked at)`;
  return `set by ${isSame ? "another line of this file" : list(labels)}${rest} · Bump there…`;
}

/** The kustomizations that decide about an image: those whose file says its version, else those that render it. */
function choiceOf(uses: readonly ImageUse[], path: string, context: FeatureContext): BumpArgument {
  const { snapshot, toUri } = context;
  const deciders = uses.map(({ root, decidedAt }) => {
    const said = snapshot.graph.ofFile(decidedAt.file.path);
    return said?.kind === "Kustomization" ? said.root : root;
  });
  const roots = [...new Set(deciders)].map((root) => ({ root: toUri(root), label: labelOf(root, snapshot.folders) }));
  const unasked = countUnasked(path, context);
  return { roots, ...(unasked > 0 && { unasked }), image: renderedReference(uses)?.name ?? "" };
}

/** The image as it is rendered; where it is rendered in several ways, the first of them. */
export function renderedReference(uses: readonly ImageUse[]): ImageReference | undefined {
  const [first] = uses;
  return first && parseImageReference(first.image.value.text);
}

/** What stands above the image, and the tag that is taken without a further question. */
function wordsFor(
  reference: ImageReference,
  { observations, settings }: FeatureContext,
): { readonly title: string; readonly tag?: string; readonly urgent: boolean } {
  const { name, tag, digest } = reference;
  const known = observations.of(registryAnswers).get(name);
  const version = digest ?? tag;
  if (version !== undefined && known?.versions.get(version)?.value === "missing") {
    return { title: `${digest === undefined ? "tag" : "digest"} not in the registry · Choose…`, urgent: true };
  }
  const state: ImageState = imageState(reference, known, settings.bumpPolicies);
  switch (state.kind) {
    case "behind": {
      const count = state.count === 1 ? "1 version" : `${state.count} versions`;
      return { title: `${count} behind ${state.newest} · Update…`, urgent: true };
    }
    case "moved":
      return { title: `digest behind tag ${state.tag} · Update`, tag: state.tag, urgent: true };
    case "current":
      return { title: "up to date · Bump…", urgent: false };
    case "unknown":
      return { title: "Bump…", urgent: false };
  }
}

/** For example `overlays/dev, overlays/stage and 2 more`. */
function list(labels: readonly string[]): string {
  if (labels.length > 3) return `${labels.slice(0, 2).join(", ")} and ${labels.length - 2} more`;
  const last = labels.at(-1) ?? "";
  return labels.length < 2 ? last : `${labels.slice(0, -1).join(", ")} and ${last}`;
}
