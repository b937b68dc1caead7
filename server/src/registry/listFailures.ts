/** How many images are named that have the same trouble. */
const mostNamed = 3;

/**
 * What could not be found out of images, in a sentence for each reason and not for each image: who is down, or has a name of a cluster, is so for all of
 * its images.
 *
 * @param failures - an image and why, of each
 */
export function listFailures(failures: readonly (readonly [image: string, why: string])[]): readonly string[] {
  const images = new Map<string, string[]>();
  for (const [image, why] of failures) images.set(why, [...(images.get(why) ?? []), image]);
  return [...images].map(([why, of]) => `${nameSome(of.sort())}: ${why}`).sort();
}

function nameSome(images: readonly string[]): string {
  if (images.length <= mostNamed + 1) return images.join(", ");
  return `${images.slice(0, mostNamed).join(", ")} and ${images.length - mostNamed} more`;
}
