import { compileExtractor } from "../platform/goRegexp";

/**
 * Which tags of an image count, and in which order. `version`: by version number, releases only. `newest`: by the numbers in tags of the same form.
 * `pattern`: only tags that match, by the first group where there is one.
 */
export type TagPolicy =
  | { readonly kind: "version" }
  | { readonly kind: "newest" }
  | {
      readonly kind: "pattern";
      /** As it is written, between the slashes. */
      readonly pattern: string;
      /** The part of a tag that is compared; `undefined` for tags that do not match. */
      readonly extract: (tag: string) => string | undefined;
    };

/**
 * What the setting says of an image, or of all with `*`: `semver`, `newest`, or a regular expression between slashes. Where it says nothing, the
 * current tag decides, or else all tags: versions compare as such, others by their numbers.
 */
export function findPolicy(
  policies: ReadonlyMap<string, string> | undefined,
  image: string,
  current: string | undefined,
  tags: readonly string[] = [],
): TagPolicy {
  const text = (policies?.get(image) ?? policies?.get("*") ?? "").trim();
  if (text === "semver") return { kind: "version" };
  if (text === "newest") return { kind: "newest" };
  const pattern = /^\/(.+)\/$/s.exec(text)?.[1];
  const extract = pattern === undefined ? undefined : findExtractor(pattern);
  if (pattern !== undefined && extract !== undefined) return { kind: "pattern", pattern, extract };
  // Where nothing says what the team counts by, the tags themselves do.
  const examples = current === undefined ? tags : [current];
  const isVersion = examples.length === 0 || examples.some((tag) => parseVersion(tag) !== undefined);
  return { kind: isVersion ? "version" : "newest" };
}

/** The policy for people. */
export function describePolicy(policy: TagPolicy): string {
  if (policy.kind === "version") return "by version";
  return policy.kind === "newest" ? "newest first" : `matching /${policy.pattern}/`;
}

/**
 * The tags that count, the newest first, then all others in the order of the registry's answer turned round. With a current tag those count that are of
 * its kind: `1.28-alpine` is newer than `1.27-alpine`, `1.28` is something else.
 */
export function sortTags(tags: readonly string[], policy: TagPolicy, current?: string): SortedTags {
  const keyOf = keysOf(policy, current);
  const keyed = tags.flatMap((tag) => {
    const key = keyOf(tag);
    return key === undefined ? [] : [{ tag, key }];
  });
  const ranked = keyed.sort((a, b) => compareKeys(b.key, a.key)).map(({ tag }) => tag);
  const known = new Set(ranked);
  return { ranked, others: tags.filter((tag) => !known.has(tag)).reverse() };
}

export interface SortedTags {
  readonly ranked: readonly string[];
  readonly others: readonly string[];
}

/** The tags that are newer than the current one, the newest first; none when it is not known what the current one is. */
export function newerTags(tags: readonly string[], policy: TagPolicy, current: string): readonly string[] {
  const keyOf = keysOf(policy, current);
  const own = keyOf(current);
  if (own === undefined) return [];
  // Most are older; only the few others are put in order.
  const newer = tags.filter((tag) => {
    const key = keyOf(tag);
    return key !== undefined && compareKeys(key, own) > 0;
  });
  return sortTags(newer, policy, current).ranked;
}

/** Whether a policy knows a place for a tag among others; nothing is newer or older than `latest`. */
export function isComparable(tag: string, policy: TagPolicy): boolean {
  return keysOf(policy, tag)(tag) !== undefined;
}

/** Numbers compare as numbers, texts as texts; a release stands above its previews. */
type Key = readonly (number | bigint | string)[];

function keysOf(policy: TagPolicy, current: string | undefined): (tag: string) => Key | undefined {
  if (policy.kind === "pattern") {
    return (tag) => {
      const part = policy.extract(tag);
      return part === undefined ? undefined : naturalKey(part);
    };
  }
  if (policy.kind === "newest") {
    const form = current === undefined ? undefined : formOf(current);
    return (tag) => (/\d/.test(tag) && (form === undefined || formOf(tag) === form) ? naturalKey(tag) : undefined);
  }
  const own = current === undefined ? undefined : parseVersion(current);
  return (tag) => {
    const version = parseVersion(tag);
    if (version === undefined || version.variant !== (own?.variant ?? "")) return undefined;
    // Nobody wants to come from a release to a preview without having asked.
    if (version.preview !== "" && own?.preview === undefined) return undefined;
    if (version.preview !== "" && own?.preview === "") return undefined;
    // A tag like `1.27` moves along with its patches: it is compared with its like.
    if (own !== undefined && version.numbers.length !== own.numbers.length) return undefined;
    return [...version.numbers, version.preview === "" ? 1 : 0, ...naturalKey(version.preview)];
  };
}

interface Version {
  readonly numbers: readonly number[];
  /** For example `rc.1`. */
  readonly preview: string;
  /** What it is built on or for, for example `alpine`. */
  readonly variant: string;
}

/** `v1.2.3-rc.1`, `1.27-alpine`; at least two numbers, or a `v` and one. */
function parseVersion(tag: string): Version | undefined {
  const match = /^(?:v(\d{1,9}(?:\.\d{1,9}){0,3})|(\d{1,9}(?:\.\d{1,9}){1,3}))(?:[-_.+]?(.*))$/.exec(tag);
  const numbers = match?.[1] ?? match?.[2];
  if (match === null || numbers === undefined) return undefined;
  const rest = match[3] ?? "";
  const preview = /^(?:alpha|beta|rc|pre|preview|dev|snapshot|m|nightly|canary)[-._]?\d*(?:\.\d+)*$/i.test(rest);
  return { numbers: numbers.split(".").map(Number), preview: preview ? rest : "", variant: preview ? "" : rest };
}

/** Tags of one form differ in their numbers only: `build-#`. */
function formOf(tag: string): string {
  return tag.replace(/\d+/g, "#");
}

/** Dates and times with fractions of seconds are too long for ordinary numbers. */
function naturalKey(text: string): Key {
  return text.split(/(\d+)/).map((part, i) => (i % 2 === 1 ? BigInt(part) : part));
}

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    if (typeof x !== "string" && typeof y !== "string") return x < y ? -1 : 1;
    return String(x) < String(y) ? -1 : 1;
  }
  return 0;
}

/** A repository's settings may write any pattern, so that it must not reach an engine that can backtrack for ever. */
function findExtractor(pattern: string): ((tag: string) => string | undefined) | undefined {
  try {
    return compileExtractor(pattern);
  } catch {
    return undefined;
  }
}
