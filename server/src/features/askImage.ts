import { findCursor } from "../analysis/cursor";
import type { HoverPart } from "../analysis/domain";
import type { FeatureContext } from "../analysis/feature";
import { describeImage } from "../analysis/imageHover";
import { imageAt, type WrittenImage } from "../analysis/writtenImages";
import { isDetailed, registryAnswers } from "../observations/registryAnswers";
import { parentPath } from "../platform/path";
import { isRegistryError } from "../registry/registry";

/** How long a hover waits for a registry, in milliseconds. */
const patience = 2000;

/**
 * What registries say of the image at an offset of a file. Asks for it and waits a moment, where the person allowed that; else tells what is
 * known already.
 */
export async function hoverImage(
  path: string,
  offset: number,
  context: FeatureContext,
): Promise<HoverPart | undefined> {
  const image = findImage(path, offset, context);
  if (image === undefined) return undefined;
  const failure = await ask(image, context);
  const answers = (context.latest?.() ?? context.observations).of(registryAnswers);
  const known = describeImage(image.reference, answers, context.settings.bumpPolicies);
  const parts = [known, failure === undefined ? undefined : `The registry gave no answer. ${failure}`];
  const markdown = parts.filter((part) => part !== undefined).join("\n\n");
  return markdown === "" ? undefined : { markdown, place: image.at };
}

function findImage(path: string, offset: number, { snapshot }: FeatureContext) {
  const document = snapshot.documents(path).findLast(({ start }) => start <= offset);
  if (document === undefined) return undefined;
  const cursor = findCursor(document, offset);
  if (cursor.node === undefined || cursor.on === "blank") return undefined;
  const isKustomization = snapshot.graph.at(parentPath(path))?.file === path;
  const found: WrittenImage | undefined = imageAt(document.root, cursor.path, isKustomization);
  return found === undefined ? undefined : { ...found, at: cursor.node.origin.place };
}

/** Why there is no answer, in words. Where a look-up takes longer than a hover waits, the next hover knows more. */
async function ask({ reference, entry }: WrittenImage, context: FeatureContext): Promise<string | undefined> {
  const { registry, settings, observations, signal } = context;
  const { name, tag, digest } = reference;
  const version = digest ?? tag ?? (entry === undefined ? "latest" : undefined);
  if (registry === undefined || settings.registryLookup !== true || version === undefined) return undefined;
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
