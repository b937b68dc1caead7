import type { Scalar } from "./node";
import type { Place } from "./source";

/**
 * The place of a part of a scalar's text, from `start` to `end` in it. Where the text is not written character for character
 * (escapes, folded lines, block scalars), the place of the whole scalar.
 */
export function placeWithin(scalar: Scalar, start: number, end: number): Place {
  const { place } = scalar.origin;
  const quote = scalar.style === "single" || scalar.style === "double" ? 1 : 0;
  const from = place.start + quote;
  if (place.file.text.slice(from, place.end - quote) !== scalar.text) return place;
  return { file: place.file, start: from + start, end: from + end };
}
