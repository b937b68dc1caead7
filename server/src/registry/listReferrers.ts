import { findNextPage } from "./linkHeader";
import { indexTypes, parseManifest } from "./manifestContent";
import { isRegistryError, type Look, type Referrer } from "./registry";
import { brokenAnswer, cacheKey, pathOf, type Repository, read, readManifest } from "./repository";

const mostPages = 20;

/**
 * What points at an image (OCI distribution: "Listing Referrers"). Registries from before version 1.1, Docker's own 2.x and OpenShift's among them, do not know the
 * question; clients keep the list under the tag `sha256-<digest>` there.
 *
 * @throws RegistryError
 */
export async function listReferrers(repository: Repository, digest: string, look: Look): Promise<readonly Referrer[]> {
  const { home } = repository;
  const what = `list of referrers of ${home.image}@${digest}`;
  const found: Referrer[] = [];
  let path: string | undefined = pathOf(home, `referrers/${digest}`);
  const visited = new Set<string>();
  while (path !== undefined && !visited.has(path) && visited.size < mostPages) {
    visited.add(path);
    const key: string = cacheKey(home, `referrers ${path}`);
    const reading = { key, path, accept: indexTypes.slice(0, 1), isForEver: false, what };
    const page = await orNothing(read(repository, reading, look));
    if (page === undefined) return visited.size === 1 ? listByTag(repository, digest, look) : found;
    found.push(...referrersIn(repository, page.body, what));
    path = findNextPage(page.headers.get("link"), path);
  }
  return found;
}

async function listByTag(repository: Repository, digest: string, look: Look): Promise<readonly Referrer[]> {
  // Of the digest 64 characters count (OCI distribution: "Referrers Tag Schema"), or the tag would be too long.
  const tag = digest.replace(/:(.{64}).*$/, "-$1");
  const answer = await orNothing(readManifest(repository, tag, look));
  return answer === undefined ? [] : referrersIn(repository, answer.body, `tag ${tag} of ${repository.home.image}`);
}

function referrersIn(repository: Repository, bytes: Uint8Array, what: string): readonly Referrer[] {
  const content = parseManifest(bytes, "");
  if (content?.kind !== "index") throw brokenAnswer(repository, what);
  return content.manifests.map(({ digest, mediaType, artifactType, size, annotations }) => ({
    digest,
    mediaType,
    artifactType,
    size,
    annotations,
  }));
}

/** `undefined` where there is none: status 404, also of registries that do not know the question. Some say 400 or 405 to it, or that they refuse. */
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isRegistryError(error) && (error.kind === "notFound" || error.kind === "refused")) return undefined;
    throw error;
  }
}
