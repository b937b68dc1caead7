import type { Clock } from "../platform/clock";
import type { HttpAnswer } from "../platform/http";
import type { AnswerCache, KeptAnswer } from "./answerCache";
import { verifyBytes } from "./digest";
import type { HostConnection, Question } from "./hostConnection";
import { type ImageHome, isDigest } from "./imageHome";
import { parseObject } from "./jsonValue";
import { indexTypes, type ManifestContent, manifestTypes, parseManifest } from "./manifestContent";
import { isRegistryError, type Look, RegistryError } from "./registry";

/** What is known under a tag may be another thing a minute later. */
const tagLife = 60_000;

/** One repository and the way to it, for what is asked of it. */
export interface Repository {
  readonly home: ImageHome;
  readonly connection: HostConnection;
  readonly cache: AnswerCache;
  readonly clock: Clock;
}

/** Rights on a repository, as tokens name them. */
export function scopeOf({ repository }: ImageHome, actions: "pull" | "pull,push"): string {
  return `repository:${repository}:${actions}`;
}

/** Under which key answers of a repository are kept; `what` is for example `manifest 1.2`. */
export function cacheKey({ host, repository }: ImageHome, what: string): string {
  return `${host}/${repository} ${what}`;
}

/** An address below a repository, for example `manifests/1.2`. */
export function pathOf({ repository }: ImageHome, rest: string): string {
  return `/v2/${repository}/${rest}`;
}

/** Asks with the right to pull. */
export function pull(
  { home, connection }: Repository,
  question: Pick<Question, "method" | "path" | "headers" | "mostBytes">,
  look: Look,
): Promise<HttpAnswer> {
  return connection.ask({ home, scopes: [scopeOf(home, "pull")], isRetry: look.fresh, ...question }, look.signal);
}

/** What is read, and how long it stays true. */
export interface Reading {
  /** Below which key it is kept. */
  readonly key: string;
  readonly path: string;
  readonly accept: readonly string[];
  /** Whether what is asked for by this address can never be another thing. */
  readonly isForEver: boolean;
  /** For messages, for example `tag 1.2 of quay.io/team/app`. */
  readonly what: string;
  /** Whether it is what somebody asked for, so that its absence is told as news. */
  readonly isImage?: boolean | undefined;
  /** How long the answer may be, in bytes; as long as every manifest when absent. */
  readonly mostBytes?: number | undefined;
  /** @throws RegistryError when the bytes are not what they should be, so that they are not kept */
  readonly verify?: ((answer: HttpAnswer) => Promise<void>) | undefined;
}

/**
 * Reads through the cache: by digest once, all else once a minute, and after that with the tag of the entity (`If-None-Match`), so that the registry may say
 * in a few bytes that nothing changed.
 *
 * @throws RegistryError also when the answer has another status than 200
 */
export async function read(repository: Repository, reading: Reading, look: Look): Promise<KeptAnswer> {
  const { cache, clock, connection, home } = repository;
  const kept = cache.get(reading.key);
  if (kept !== undefined && (reading.isForEver || isYoung(kept, clock, look))) return kept;
  const headers = new Map([["Accept", reading.accept.join(", ")]]);
  const etag = kept?.headers.get("etag");
  if (etag !== undefined) headers.set("If-None-Match", etag);
  const { path, mostBytes } = reading;
  const answer = await pull(repository, { method: "GET", path, headers, mostBytes }, look);
  if (answer.status !== 200 && !(answer.status === 304 && kept !== undefined)) {
    // A page of a portal or of a server that is no registry must not be taken for news of a missing tag.
    if (answer.status === 404 && reading.isImage === true && !isOfRegistry(answer)) {
      throw brokenAnswer(repository, reading.what);
    }
    throw connection.failure(answer, home, reading.what);
  }
  if (answer.status === 200) await reading.verify?.(answer);
  const { body, headers: told } = answer.status === 304 && kept !== undefined ? kept : answer;
  const next = { body, headers: told, at: clock.now() };
  cache.put(reading.key, next);
  return next;
}

/** Whether an answer about something that may change still counts. */
export function isYoung({ at }: KeptAnswer, clock: Clock, { fresh }: Look): boolean {
  return fresh !== true && clock.now() - at < tagLife;
}

/** Reads a manifest or an index by its tag or digest; its bytes match the digest, or those under which the registry announced them. */
export function readManifest(repository: Repository, tagOrDigest: string, look: Look): Promise<KeptAnswer> {
  const { home } = repository;
  const what = nameOf(home, tagOrDigest);
  return read(
    repository,
    {
      key: cacheKey(home, `manifest ${tagOrDigest}`),
      isImage: true,
      path: pathOf(home, `manifests/${tagOrDigest}`),
      accept: [...indexTypes, ...manifestTypes],
      isForEver: isDigest(tagOrDigest),
      what,
      verify: async (answer) => {
        const { headers, body } = answer;
        if (mediaTypeOf(answer).includes("docker.distribution.manifest.v1+")) throw tooOld(what);
        const told = isDigest(tagOrDigest) ? tagOrDigest : headers.get("docker-content-digest");
        // Registries may announce a digest of a kind that we do not know; our own counts then.
        if (told !== undefined && /^sha(?:256|512):/.test(told)) await verifyBytes(body, told, what);
      },
    },
    look,
  );
}

/** Reads a blob, such as a configuration. Its bytes match the digest. */
export async function readBlob(repository: Repository, digest: string, look: Look): Promise<Uint8Array> {
  const { home } = repository;
  const what = `configuration ${digest} of ${home.image}`;
  const { body } = await mustBeThere(
    read(
      repository,
      {
        key: cacheKey(home, `blob ${digest}`),
        path: pathOf(home, `blobs/${digest}`),
        accept: ["*/*"],
        isForEver: true,
        what,
        verify: ({ body }) => verifyBytes(body, digest, what),
      },
      look,
    ),
  );
  return body;
}

/** A part of an image that the registry has must be there too. That it is missing must not be taken for a missing image. */
export async function mustBeThere<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    if (!isRegistryError(error) || error.kind !== "notFound") throw error;
    throw new RegistryError("broken", `The image is not complete: ${error.message} Push it anew.`);
  });
}

/** Registries say what is missing in JSON (OCI distribution: "Error codes"); Docker's own marks even pages of its own. */
function isOfRegistry({ headers, body }: HttpAnswer): boolean {
  return headers.has("docker-distribution-api-version") || parseObject(new TextDecoder().decode(body)) !== undefined;
}

/** Schema 1 of Docker: its digest is not that of its bytes, and no node of today pulls it. */
function tooOld(what: string): RegistryError {
  return new RegistryError("broken", `The ${what} has the format of Docker from before 2016. Build or push it anew.`);
}

/** How messages call a tag or digest. */
export function nameOf({ image }: ImageHome, tagOrDigest: string): string {
  return isDigest(tagOrDigest) ? `image ${image}@${tagOrDigest}` : `tag ${tagOrDigest} of ${image}`;
}

/** The media type without its parameters, for example without `; charset=utf-8`. */
export function mediaTypeOf({ headers }: Pick<HttpAnswer, "headers">): string {
  return (headers.get("content-type") ?? "").replace(/;.*/s, "").trim().toLowerCase();
}

/** A manifest or index, and its media type: what it says itself counts where the answer gives a general one, such as `application/json`. */
export interface TypedManifest {
  readonly content: ManifestContent;
  readonly mediaType: string;
}

/** Reads the answer to a question for a manifest. @throws RegistryError `broken` when it is none: a page of a proxy or a portal comes with status 200 too */
export function manifestIn(
  repository: Repository,
  answer: Pick<HttpAnswer, "headers" | "body">,
  tagOrDigest: string,
): TypedManifest {
  const told = mediaTypeOf(answer);
  const known = [...indexTypes, ...manifestTypes].includes(told) ? told : "";
  const content = parseManifest(answer.body, known);
  if (content === undefined) throw brokenAnswer(repository, nameOf(repository.home, tagOrDigest));
  return { content, mediaType: known || content.mediaType || told };
}

/** What a registry may not answer in place of something that makes sense. */
export function brokenAnswer(repository: Repository, what: string): RegistryError {
  return new RegistryError(
    "broken",
    `What ${repository.home.host} answers for the ${what} makes no sense. Is it an image, and is there a registry?`,
  );
}
