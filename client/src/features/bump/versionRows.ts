import type { ImageTags, ImageVersion, OverlayImage, TagChoice } from "../../../../server/src/protocol/bump";
import { shortDigest } from "./versionText";

/** A row of the list of tags. */
export interface VersionRow {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** It stays in the list whatever the person looks for. */
  readonly alwaysShow?: true;
  /** A heading. */
  readonly separator?: true;
  /** The tag that it stands for. */
  readonly tag?: string;
  readonly act?: "type" | "trust" | "signIn";
}

/** The way to a tag or digest that the list does not have. */
export const typeRow: VersionRow = { label: "$(edit) Type a tag or digest…", alwaysShow: true, act: "type" };

/** The tags that count by the policy, the newest first, then the others, then the way to type one. Where there are none, why. */
export function versionRows(tags: ImageTags, image: OverlayImage, isTrusted: boolean): readonly VersionRow[] {
  if (tags.failure !== undefined) return [typeRow, ...failureRows(tags, tags.failure, isTrusted)];
  const ranked = tags.tags.filter((each) => each.ranked);
  const others = tags.tags.filter((each) => !each.ranked);
  const separator = (label: string): VersionRow => ({ label, separator: true });
  const none = ranked.length === 0 ? `other tags: none counts (${tags.policy})` : "other tags";
  const empty: VersionRow = { label: "$(info) The registry has no tags of this image", alwaysShow: true };
  return [
    ...(ranked.length === 0 ? [] : [separator(tags.policy), ...ranked.map((each, i) => tagRow(each, image, i === 0))]),
    ...(others.length === 0 ? [] : [separator(none), ...others.map((each) => tagRow(each, image, false))]),
    ...(tags.tags.length === 0 ? [empty] : []),
    separator(tags.complete ? "" : "the registry has more tags than were read"),
    typeRow,
  ];
}

/** How much of a sentence has room on one line: a title of two lines would move the list away under the pointer. */
const mostLetters = 60;

/** What is told of a tag, when the registry said what it holds. */
export function versionTitle(
  tag: string,
  { digest, text }: ImageVersion,
  now: Pick<OverlayImage, "tag" | "digest">,
): string {
  // Where only a digest is pinned, this is when it turns out which tags lead to it.
  const isNow = now.tag === undefined ? digest !== undefined && digest === now.digest : tag === now.tag;
  const short = text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text;
  const words = [isNow ? "now" : "", short, digest === undefined ? "" : shortDigest(digest)];
  return [tag, ...words].filter((word) => word !== "").join(separatorOfWords);
}

const separatorOfWords = " · ";

function tagRow({ tag, digest }: TagChoice, image: OverlayImage, isNewest: boolean): VersionRow {
  const isNow = image.tag === undefined ? digest !== undefined && digest === image.digest : tag === image.tag;
  const words = [isNow ? "now" : "", isNewest ? "newest" : "", digest === undefined ? "" : shortDigest(digest)];
  return { label: tag, tag, description: words.filter((word) => word !== "").join(separatorOfWords) };
}

function failureRows({ wantsLogin }: ImageTags, failure: string, isTrusted: boolean): readonly VersionRow[] {
  const signIn: VersionRow = { label: "$(key) Use a pull secret…", act: "signIn", alwaysShow: true };
  const trust: VersionRow = { label: "$(shield) Trust this workspace…", act: "trust", alwaysShow: true };
  return [
    ...(isTrusted ? [] : [trust]),
    ...(wantsLogin === true ? [signIn] : []),
    { label: "$(warning) No tags", detail: failure, alwaysShow: true },
  ];
}
