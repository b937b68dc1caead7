import type { OverlayImage } from "../../../../server/src/protocol/bump";

/** What an image is to become. */
export interface ChosenVersion {
  readonly tag?: string;
  readonly digest?: string;
  /** Who typed both wants the digest to be written, also where a tag is written now. */
  readonly form?: "digest";
}

/** `1.2`, `sha256:…` or `1.2@sha256:…`; nothing of what can be neither. */
export function parseTyped(text: string): ChosenVersion | undefined {
  const [, tag, digest] =
    /^(?:(\w[\w.-]{0,127}))?@?(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})?$/.exec(text.trim()) ?? [];
  if (text.includes("@") && digest === undefined) return undefined;
  if (digest === undefined) return tag === undefined ? undefined : { tag };
  return tag === undefined ? { digest } : { tag, digest, form: "digest" };
}

/** For example `1.2 · sha256:9f86d081884c…`. */
export function versionText({ tag, digest, differs }: OverlayImage): string {
  const parts = [tag, digest === undefined ? undefined : shortDigest(digest), differs ? "several versions" : undefined];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** For example `sha256:9f86d081884c…`. */
export function shortDigest(digest: string): string {
  return digest.replace(/^(sha\d+:.{12}).+$/, "$1…");
}

/** What an image becomes. A name that stays is left out and digests are shortened: the row of a list is short. */
export function changeText(before: string, after: string): string {
  const name = nameOf(after);
  const stays = nameOf(before) === name;
  const version = (image: string): string => (stays ? image.slice(name.length).replace(/^[:@]/, "") : image);
  return `${shorten(version(before)) || "no version"} → ${shorten(version(after)) || "no version"}`;
}

/** The name of an image: what stands before its tag and digest. */
export function nameOf(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

function shorten(image: string): string {
  return image.replace(/(sha\d+:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}
