import { findCursor } from "../analysis/cursor";
import type { HoverPart } from "../analysis/domain";
import type { FeatureContext } from "../analysis/feature";
import { describeImage } from "../analysis/imageHover";
import { imageAt } from "../analysis/writtenImages";
import type { ImageReference } from "../kubernetes/imageReference";
import { isDetailed, registryAnswers } from "../observations/registryAnswers";
import { isRegistryError } from "../registry/registry";
import type { ImageUse } from "../release/imageUse";
import { type UsedImage, usedImages, usesOf } from "../release/usedImages";
import type { Place } from "../yaml/source";
import { buildsAround, countUnasked, isOverruled, renderedReference } from "./imageLenses";
import { labelOf } from "./previewTargets";

/** How long a hover waits for a registry, in milliseconds. */
const patience = 2000;

/** How many overlays are told of. */
const mostUses = 6;

/**
 * What registries say of the image at an offset of a file, and what overlays make of it. Asks for it and waits a moment, where the person allowed that;
 * else tells what is known already.
 */
export async function hoverImage(
  path: string,
  offset: number,
  context: FeatureContext,
): Promise<HoverPart | undefined> {
  const image = await findImage(path, offset, context);
  if (image === undefined) return undefined;
  const deciding = image.uses.filter(({ decides }) => decides);
  const reference = renderedReference(isOverruled(image) ? image.uses : deciding) ?? image.reference;
  // An entry that leaves the version to the manifests says nothing of it.
  const isBare = image.entry !== undefined && reference.tag === undefined && reference.digest === undefined;
  const failure = isBare ? undefined : await ask(reference, context);
  const answers = (context.latest?.() ?? context.observations).of(registryAnswers);
  const known = describeImage(reference, answers, context.settings.bumpPolicies);
  const told = [describeUses(image, path, context), failure && `The registry gave no answer. ${failure}`, known];
  const markdown = told.filter((part) => part !== undefined).join("\n\n");
  return markdown === "" ? undefined : { markdown, place: image.at };
}

interface FoundImage extends UsedImage {
  /** What the hover is about. */
  readonly at: Place;
}

/** A field called `image`, an entry of `images`, or another text of which builds make an image. */
async function findImage(path: string, offset: number, context: FeatureContext): Promise<FoundImage | undefined> {
  const { snapshot } = context;
  const document = snapshot.documents(path).findLast(({ start }) => start <= offset);
  if (document === undefined) return undefined;
  const { node, on, path: steps } = findCursor(document, offset);
  if (node === undefined || on === "blank") return undefined;
  const isKustomization = snapshot.graph.ofFile(path) !== undefined;
  const written = imageAt(document.root, steps, isKustomization);
  if (written !== undefined) {
    const uses = usesOf(written.place, await buildsAround(path, context), snapshot);
    return { ...written, uses, at: node.origin.place };
  }
  // Patches, inline or by path and value, name images in places that nothing but the build knows.
  if (node.kind !== "scalar" || !/[/:@]/.test(node.text)) return undefined;
  const all = usedImages(snapshot, path, await buildsAround(path, context));
  const found = all.find(({ entry, place }) => entry === undefined && place.start <= offset && offset <= place.end);
  return found && { ...found, at: found.place };
}

/** What overlays render of an image, where that is not what stands there. */
function describeUses(image: UsedImage, path: string, context: FeatureContext): string | undefined {
  const { uses, reference, entry } = image;
  if (entry !== undefined && !isOverruled(image)) return undefined;
  const lines = new Set(uses.filter((use) => isOtherwise(use, reference)).map((use) => describeUse(use, context)));
  if (lines.size === 0) return undefined;
  const more = lines.size > mostUses ? [`- and ${lines.size - mostUses} more`] : [];
  const unasked = countUnasked(path, context);
  if (unasked > 0) more.push(`- ${unasked} more ${unasked === 1 ? "overlay was" : "overlays were"} not looked at`);
  const head = isOverruled(image) ? "The version is set elsewhere:" : "Rendered as:";
  return [head, "", ...[...lines].slice(0, mostUses).map((line) => `- ${line}`), ...more].join("\n");
}

function isOtherwise({ image, decides }: ImageUse, { name, tag, digest }: ImageReference): boolean {
  const written = `${name}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
  return !decides || image.value.text !== written;
}

function describeUse({ root, image }: ImageUse, { snapshot }: FeatureContext): string {
  const text = image.value.text.replaceAll("`", "'").replace(/(sha\d+:[0-9a-f]{12})[0-9a-f]+/, "$1…");
  return `\`${labelOf(root, snapshot.folders)}\` renders \`${text}\``;
}

/** Why there is no answer, in words. Where a look-up takes longer than a hover waits, the next hover knows more. */
async function ask({ name, tag, digest }: ImageReference, context: FeatureContext): Promise<string | undefined> {
  const { registry, settings, observations, signal } = context;
  const version = digest ?? tag ?? "latest";
  if (registry === undefined || settings.registryLookup !== true) return undefined;
  const known = observations.of(registryAnswers).get(name)?.versions.get(version)?.value;
  if (known === "missing" || isDetailed(known)) return undefined;
  const tooLong = AbortSignal.timeout(patience);
  try {
    await registry.details(name, version, {
      signal: signal === undefined ? tooLong : AbortSignal.any([signal, tooLong]),
    });
    return undefined;
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    return error.kind === "cancelled" ? undefined : error.message;
  }
}
