import type { ImageReference } from "../kubernetes/imageReference";
import { digestOf, type ImageAnswers } from "../observations/registryAnswers";
import { findPolicy, isComparable, newerTags } from "./tagPolicy";

/** What is newer than what a file names, as far as a registry said so. */
export type ImageState =
  /** Nothing is known. */
  | { readonly kind: "unknown" }
  | { readonly kind: "current" }
  /** There are tags that count as newer. */
  | { readonly kind: "behind"; readonly newest: string; readonly count: number }
  /** The tag that the digest belongs to leads elsewhere by now. */
  | { readonly kind: "moved"; readonly tag: string; readonly digest: string };

/** The tag that moves along with builds, where a team pins the digest alone. */
const movingTag = "latest";

/** The tags and digests that have to be known of an image for what is told of it. */
export function versionsToAsk({ tag, digest }: ImageReference, answers: ImageAnswers | undefined): readonly string[] {
  if (digest === undefined) return [tag ?? movingTag];
  const known = answers?.tags?.value;
  const hasNone = known?.complete === true && !known.tags.includes(movingTag);
  const followed = tag ?? (hasNone ? undefined : movingTag);
  return followed === undefined ? [digest] : [digest, followed];
}

/** Compares what a file names with what its registry has. */
export function imageState(
  { name, tag, digest }: ImageReference,
  answers: ImageAnswers | undefined,
  policies: ReadonlyMap<string, string> | undefined,
): ImageState {
  if (answers === undefined || (tag === undefined && digest === undefined)) return { kind: "unknown" };
  const { tags, complete = true } = answers.tags?.value ?? {};
  if (tag !== undefined && tags !== undefined) {
    const [newest, ...more] = newerTags(tags, findPolicy(policies, name, tag), tag);
    if (newest !== undefined) return { kind: "behind", newest, count: more.length + 1 };
    // What is newer may be among the tags that were not read.
    if (!complete) return { kind: "unknown" };
  }
  if (digest !== undefined) {
    const followed = tag ?? movingTag;
    const now = digestOf(answers, followed);
    if (now === undefined) return { kind: "unknown" };
    return now === digest ? { kind: "current" } : { kind: "moved", tag: followed, digest: now };
  }
  const isRanked = tag !== undefined && isComparable(tag, findPolicy(policies, name, tag));
  return tags === undefined || !isRanked ? { kind: "unknown" } : { kind: "current" };
}
