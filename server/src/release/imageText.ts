import { parseImageReference } from "../kubernetes/imageReference";
import type { ImageTarget } from "./imagePlan";

/** What a rendered image is to be: by digest, with or without its tag, or by tag. */
export interface WantedImage {
  /** Without tag and digest. */
  readonly name: string;
  readonly tag?: string | undefined;
  /** Absent when it is to be written by tag. */
  readonly digest?: string | undefined;
}

/** Whether an image is the wanted one. A tag beside the digest must be the right one only where the right one is known. */
export function isWanted(image: string, { name, tag, digest }: WantedImage): boolean {
  const is = parseImageReference(image);
  // A tag in `newName` and another one beside it make what no registry takes.
  if (is.name !== name || is.digest !== digest || is.tag?.includes(":") === true) return false;
  return is.tag === tag || (digest !== undefined && (tag === undefined || is.tag === undefined));
}

/** The text of an image. */
export function writeImage({ name, tag, digest }: WantedImage): string {
  return `${name}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** An image with the wanted tag or digest under the name that it has here; a tag beside a digest stays one. */
export function withWanted(image: string, wanted: WantedImage): string {
  const is = parseImageReference(image);
  if (wanted.digest === undefined) return writeImage({ name: is.name, tag: wanted.tag });
  const keepsTag = is.tag !== undefined && is.digest !== undefined;
  return writeImage({ name: is.name, tag: keepsTag ? (wanted.tag ?? is.tag) : undefined, digest: wanted.digest });
}

/** Docker's short names written out: `nginx` is `docker.io/library/nginx`. */
export function fullName(name: string): string {
  const [host = "", ...rest] = name.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(host) || host === "localhost");
  if (hasHost)
    return name.replace(/^index\.docker\.io\//, "docker.io/").replace(/^docker\.io\/([^/]+)$/, "docker.io/library/$1");
  return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
}

/** What keeps a tag or digest from being one (OCI distribution specification), a sentence; `undefined` when nothing does. */
export function findTargetMistake({ tag, digest }: ImageTarget): string | undefined {
  if (tag === undefined && digest === undefined) return "Neither a tag nor a digest is given.";
  if (tag === "" || digest === "") return `The ${tag === "" ? "tag" : "digest"} is empty.`;
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return `\`${tag}\` cannot be a tag${whyNoTag(tag)}.`;
  if (digest !== undefined && !isDigest(digest)) return `\`${digest}\` cannot be a digest${whyNoDigest(digest)}.`;
  return undefined;
}

/** What people give in its place: copied from elsewhere, or from a variable that holds something else. */
function whyNoTag(text: string): string {
  if (text !== text.trim()) return blanks;
  if (isDigest(text)) return ": it is a digest";
  return /[/:@]/.test(text) ? ": a tag is only what follows the name of the image" : "";
}

/** As results of pipelines often have them. */
const blanks = ": there is a blank or a line break around it";

function whyNoDigest(text: string): string {
  if (text !== text.trim()) return blanks;
  if (isDigest(`sha256:${text}`)) return ": it lacks `sha256:` in front";
  const [, value] = /^sha256:([0-9a-f]*)$/.exec(text) ?? [];
  if (value !== undefined) return `: it has ${value.length} digits of 64`;
  return /[/@]/.test(text) ? ": a digest is only what follows the `@`" : "";
}

function isDigest(text: string): boolean {
  const [, algorithm, value = ""] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([\w=-]+)$/i.exec(text) ?? [];
  if (algorithm === "sha256") return /^[0-9a-f]{64}$/.test(value);
  if (algorithm === "sha512") return /^[0-9a-f]{128}$/.test(value);
  return algorithm !== undefined && value.length >= 32;
}
