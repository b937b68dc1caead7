import type { HttpAnswer } from "../platform/http";
import { digestOf } from "./digest";
import { isDigest } from "./imageHome";
import { countOf } from "./jsonValue";
import { indexTypes, manifestTypes } from "./manifestContent";
import type { Look, ResolvedImage } from "./registry";
import {
  brokenAnswer,
  cacheKey,
  isYoung,
  manifestIn,
  mediaTypeOf,
  nameOf,
  pathOf,
  pull,
  type Repository,
  readManifest,
} from "./repository";

/**
 * What a tag stands for, by a HEAD request, which Docker Hub does not count as a pull. Where the registry does not answer those, or leaves the digest out
 * (both are allowed to it), the manifest is read and its own digest counts.
 *
 * @throws RegistryError
 */
export async function resolve(repository: Repository, tagOrDigest: string, look: Look): Promise<ResolvedImage> {
  const { home, cache, clock } = repository;
  const key = cacheKey(home, `digest ${tagOrDigest}`);
  const kept = cache.get(key);
  // What has a digest stays what it is, but registries delete images.
  if (kept !== undefined && isYoung(kept, clock, look)) return resolvedOf(kept.headers);
  const headers = new Map([["Accept", [...indexTypes, ...manifestTypes].join(", ")]]);
  const answer = await pull(
    repository,
    { method: "HEAD", path: pathOf(home, `manifests/${tagOrDigest}`), headers },
    look,
  );
  const found = readHead(answer) ?? (await resolveByContent(repository, answer, tagOrDigest, look));
  if (isDigest(tagOrDigest) && found.digest !== tagOrDigest) throw brokenAnswer(repository, nameOf(home, tagOrDigest));
  cache.put(key, { body: new Uint8Array(), headers: headersOf(found), at: clock.now() });
  return found;
}

function readHead(answer: HttpAnswer): ResolvedImage | undefined {
  return answer.status === 200 && isKnownDigest(answer.headers.get("docker-content-digest"))
    ? resolvedOf(new Map([...answer.headers, ["content-type", mediaTypeOf(answer)]]))
    : undefined;
}

function isKnownDigest(digest = ""): boolean {
  return /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest);
}

/** A missing manifest is asked for too: an answer to HEAD has no body, which would say whether the tag or the repository is missing. */
async function resolveByContent(
  repository: Repository,
  head: HttpAnswer,
  tagOrDigest: string,
  look: Look,
): Promise<ResolvedImage> {
  const what = nameOf(repository.home, tagOrDigest);
  const { status } = head;
  const isPlainRefusal = status === 401 || status === 403 || status === 429 || (status >= 500 && status !== 501);
  if (isPlainRefusal) throw repository.connection.failure(head, repository.home, what);
  const answer = await readManifest(repository, tagOrDigest, look);
  return contentOf(repository, answer, tagOrDigest);
}

/** What the bytes of a manifest say of themselves. */
export async function contentOf(
  repository: Repository,
  answer: Pick<HttpAnswer, "headers" | "body">,
  tagOrDigest: string,
): Promise<ResolvedImage> {
  const { mediaType } = manifestIn(repository, answer, tagOrDigest);
  const algorithm = isDigest(tagOrDigest) ? tagOrDigest.slice(0, tagOrDigest.indexOf(":")) : "sha256";
  const told = answer.headers.get("docker-content-digest");
  const digest =
    told !== undefined && isKnownDigest(told) && !isDigest(tagOrDigest) ? told : await digestOf(answer.body, algorithm);
  return { digest, mediaType, manifestSize: answer.body.byteLength };
}

function headersOf({ digest, mediaType, manifestSize }: ResolvedImage): ReadonlyMap<string, string> {
  const headers = new Map([
    ["docker-content-digest", digest],
    ["content-type", mediaType],
  ]);
  return manifestSize === undefined ? headers : headers.set("content-length", String(manifestSize));
}

function resolvedOf(headers: ReadonlyMap<string, string>): ResolvedImage {
  const length = headers.get("content-length");
  const manifestSize = length === undefined ? undefined : countOf(Number(length));
  return {
    digest: headers.get("docker-content-digest") ?? "",
    mediaType: headers.get("content-type") ?? "",
    ...(manifestSize !== undefined && { manifestSize }),
  };
}
