import { parseImageReference } from "../kubernetes/imageReference";
import { baseName } from "../platform/path";
import type { ImageRefusal, ImageWish, PlanSource } from "./imagePlan";
import { type OverlayState, openPartly } from "./overlayState";
import { findImages } from "./unseenImages";

/** From where to where images are taken over. */
export interface Promotion {
  /** The directory of the overlay whose images are the model, for example the one of `dev`. */
  readonly from: string;
  /** The directory of the overlay that changes. */
  readonly to: string;
  /** The images that are meant, by their rendered names; all that both overlays have when absent. */
  readonly images?: readonly string[] | undefined;
}

/**
 * What is to be changed so that one overlay comes to the tags and digests that another one renders, each written as the overlay that changes writes them,
 * image by image: who plans that may add the digests of tags first. A digest of the model is always taken over as such.
 */
export function findPromotionWishes(
  { from, to, images }: Promotion,
  source: PlanSource,
): readonly ImageWish[] | ImageRefusal {
  const model = openPartly(from, source);
  if ("kind" in model) return model;
  const target = openPartly(to, source);
  if ("kind" in target) return target;
  const [modelVersions, targetVersions] = [versionsOf(model), versionsOf(target)];
  const wishes: ImageWish[] = [];
  for (const image of images ?? [...modelVersions.keys()].filter((each) => targetVersions.has(each))) {
    const [version, ...others] = modelVersions.get(image) ?? [];
    if (version === undefined)
      return refuse(`\`${baseName(from)}\` renders no image \`${image}\`.`, "Name another image.");
    if (others.length > 0) {
      const all = [version, ...others].map((each) => `\`${each}\``).join(", ");
      const message = `\`${baseName(from)}\` runs several versions of \`${image}\`: ${all}.`;
      return refuse(message, "Decide for one of them and bump it.");
    }
    const now = targetVersions.get(image) ?? [];
    if (now.length === 1 && now[0] === version) continue;
    const { tag, digest } = parseImageReference(version);
    if (tag !== undefined || digest !== undefined) wishes.push({ image, to: { tag, digest }, form: formOf(version) });
  }
  return wishes;
}

/** A digest says that both run the same. A tag is written as the other overlay does: where that pins digests, the registry has to be asked first. */
function formOf(version: string): ImageWish["form"] {
  return version.includes("@") ? "digest" : "keep";
}

/** The different ways in which each image is rendered. */
function versionsOf(state: OverlayState): ReadonlyMap<string, readonly string[]> {
  const versions = new Map<string, string[]>();
  for (const { value } of findImages(state)) {
    const { name } = parseImageReference(value.text);
    const known = versions.get(name) ?? [];
    if (!known.includes(value.text)) versions.set(name, [...known, value.text]);
  }
  return versions;
}

function refuse(message: string, help: string): ImageRefusal {
  return { kind: "refused", reason: "nothingToPromote", message, help };
}
