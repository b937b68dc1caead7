import type { ImageDetails, ResolvedImage, TagList } from "../registry/registry";
import type { Topic } from "./observations";

/** What registries said, by the name of the image as it is written, without tag and digest. */
export type RegistryAnswers = ReadonlyMap<string, ImageAnswers>;

/** What a registry said of one image. What is not there nobody asked, or the registry gave no answer. */
export interface ImageAnswers {
  readonly tags?: Told<TagList> | undefined;
  /** By tag or digest. */
  readonly versions: ReadonlyMap<string, Told<VersionAnswer>>;
}

/** An answer, and when it came: milliseconds since 1970. */
export interface Told<T> {
  readonly value: T;
  readonly at: number;
}

/** Where a tag or digest leads; `missing` when the registry says that there is none. */
export type VersionAnswer = ResolvedImage | ImageDetails | "missing";

/** What registries said of the images that people work with. Only answers are here: of a registry that fails, nothing is known. */
export const registryAnswers: Topic<RegistryAnswers> = { name: "registry answers", nothing: new Map() };

/** Nobody asked for an image. */
const noAnswers: ImageAnswers = { versions: new Map() };

/** The answers with the tags of an image. */
export function withTags(before: RegistryAnswers, image: string, tags: Told<TagList>): RegistryAnswers {
  return new Map(before).set(image, { ...(before.get(image) ?? noAnswers), tags });
}

/** The answers with one more of a tag or digest. What was told in detail stays as long as the digest is the same. */
export function withVersion(
  before: RegistryAnswers,
  { image, version, told }: { readonly image: string; readonly version: string; readonly told: Told<VersionAnswer> },
): RegistryAnswers {
  const known = before.get(image) ?? noAnswers;
  const old = known.versions.get(version)?.value;
  const stays = isDetailed(old) && told.value !== "missing" && old.digest === told.value.digest;
  const value = stays && !isDetailed(told.value) ? old : told.value;
  return new Map(before).set(image, { ...known, versions: new Map(known.versions).set(version, { ...told, value }) });
}

/** The answers without what was said to be missing under a tag or digest: it cannot be asked any more whether that still holds. */
export function withoutMissing(before: RegistryAnswers, image: string, version: string): RegistryAnswers {
  const known = before.get(image);
  if (known?.versions.get(version)?.value !== "missing") return before;
  const versions = new Map(known.versions);
  versions.delete(version);
  return new Map(before).set(image, { ...known, versions });
}

/** Whether an answer holds platforms, labels and age too. */
export function isDetailed(answer: VersionAnswer | undefined): answer is ImageDetails {
  return answer !== undefined && answer !== "missing" && "platforms" in answer;
}

/** The digest that a tag leads to, as far as that is known. */
export function digestOf(answers: ImageAnswers | undefined, tag: string): string | undefined {
  const found = answers?.versions.get(tag)?.value;
  return found === undefined || found === "missing" ? undefined : found.digest;
}
