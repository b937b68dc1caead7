import pMap from "p-map";
import type { FeatureContext } from "../analysis/feature";
import { listFailures } from "../registry/listFailures";
import { isRegistryError, type Registry } from "../registry/registry";
import type { ImageVersion, StagedImage } from "../release/stageMatrix";
import { notAsked } from "./overlayImages";

/** How many images are asked for at a time, and of how many versions of one it is asked when they were built. */
const atOnce = 8;
const mostVersions = 6;

/**
 * Asks registries for the tags of all images, where the tags lead that pinned digests follow, and, where stages run different versions, when these were
 * built. A person waits for it. Gives what could not be found out, a sentence for each reason.
 */
export async function askForImages(
  images: readonly StagedImage[],
  context: FeatureContext,
): Promise<readonly string[]> {
  const { registry, signal } = context;
  if (registry === undefined) return [notAsked];
  const failures: [image: string, why: string][] = [];
  const askOne = async (image: string, versions: readonly ImageVersion[]): Promise<void> => {
    if (signal?.aborted === true) return;
    try {
      await ask(registry, image, versions, signal);
    } catch (error) {
      if (!isRegistryError(error)) throw error;
      failures.push([image, error.message]);
    }
  };
  await pMap(byName(images), ([image, versions]) => askOne(image, versions), { concurrency: atOnce });
  return listFailures(failures);
}

/** All versions of an image, whichever group of stages runs them. */
function byName(images: readonly StagedImage[]): ReadonlyMap<string, readonly ImageVersion[]> {
  const versions = new Map<string, readonly ImageVersion[]>();
  for (const { image, cells } of images) {
    const own = cells.flatMap((cell) => cell?.versions ?? []);
    versions.set(image, [...(versions.get(image) ?? []), ...own]);
  }
  return versions;
}

async function ask(
  registry: Registry,
  image: string,
  versions: readonly ImageVersion[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { tags } = await registry.tags(image, { signal, fresh: true });
  const pinned = versions.filter(({ digest }) => digest !== undefined);
  const followed = new Set(pinned.map(({ tag = "latest" }) => tag).filter((tag) => tags.includes(tag)));
  for (const tag of followed) await registry.resolve(image, tag, { signal, fresh: true });
  const different = new Set(versions.map(({ tag = "latest", digest }) => digest ?? tag));
  if (different.size < 2) return;
  for (const version of [...different].slice(0, mostVersions)) {
    try {
      await registry.details(image, version, { signal });
    } catch (error) {
      // A digest may be gone from the registry; that one version has no date is no reason to say nothing of the others.
      if (!isRegistryError(error)) throw error;
    }
  }
}
