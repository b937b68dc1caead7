import { isDigest } from "./imageHome";
import { configTypes, type Descriptor, type ManifestContent, manifestTypes, parseConfig } from "./manifestContent";
import type { DetailsLook, ImageDetails, Platform, PlatformImage, ResolvedImage } from "./registry";
import { manifestIn, mustBeThere, type Repository, readBlob, readManifest } from "./repository";
import { contentOf, resolve } from "./resolve";

/** Builds that can be repeated write a date from the beginning of some calendar: year 1, 1970 or 1980. Nothing was pushed before there were registries. */
const firstYear = 2013;

const keyOf = (name: string): string => `org.opencontainers.image.${name}`;

/**
 * Reads an image: the index, the manifest of one platform, its configuration. What a tag stands for is resolved first, so that all else is read by
 * digest and stays known.
 *
 * @throws RegistryError
 */
export async function readDetails(
  repository: Repository,
  tagOrDigest: string,
  look: DetailsLook,
): Promise<ImageDetails> {
  const { digest } = isDigest(tagOrDigest) ? { digest: tagOrDigest } : await resolve(repository, tagOrDigest, look);
  const answer = await readManifest(repository, digest, look);
  const resolved = await contentOf(repository, answer, digest);
  const { content } = manifestIn(repository, answer, digest);
  if (content.kind === "manifest") return ofManifest(repository, resolved, content, look);
  const platforms = platformsOf(content.manifests);
  const chosen = choose(platforms, look.platform) ?? content.manifests.find(isImage);
  if (chosen === undefined) return withoutPlatform(resolved, content.annotations);
  const inner = await mustBeThere(readManifest(repository, chosen.digest, look));
  const { content: manifest } = manifestIn(repository, inner, chosen.digest);
  if (manifest.kind === "index") return { ...withoutPlatform(resolved, content.annotations), platforms };
  const details = await ofManifest(repository, resolved, manifest, look, content.annotations);
  // An index need not name platforms; the configuration does.
  if (chosen.platform === undefined) return details;
  return { ...details, platforms, platform: chosen.platform };
}

/** Attestations stand in an index too, without a platform that anybody could run. */
function platformsOf(manifests: readonly Descriptor[]): readonly PlatformImage[] {
  return manifests.flatMap(({ platform, digest }) => (platform === undefined ? [] : [{ platform, digest }]));
}

/** Buildkit marks its attestations, apart from the platform that they do not have. */
function isImage({ mediaType, annotations }: Descriptor): boolean {
  return manifestTypes.includes(mediaType) && !annotations.has("vnd.docker.reference.type");
}

function choose(platforms: readonly PlatformImage[], wanted: Platform | undefined): PlatformImage | undefined {
  const { os, architecture, variant } = wanted ?? { os: "linux", architecture: "amd64" };
  const fits = platforms.filter(({ platform }) => platform.os === os && platform.architecture === architecture);
  return fits.find(({ platform }) => platform.variant === variant) ?? fits[0] ?? platforms[0];
}

async function ofManifest(
  repository: Repository,
  resolved: ResolvedImage,
  { config, layers, annotations }: Extract<ManifestContent, { kind: "manifest" }>,
  look: DetailsLook,
  ofIndex: ReadonlyMap<string, string> = new Map(),
): Promise<ImageDetails> {
  const size = [config, ...layers].reduce((sum, each) => sum + each.size, 0);
  // The configuration of a chart or of another artifact says nothing that we could read.
  const found = configTypes.includes(config.mediaType)
    ? parseConfig(await readBlob(repository, config.digest, look))
    : undefined;
  const labels = new Map([...ofIndex, ...annotations, ...(found?.labels ?? [])]);
  const { platform } = found ?? {};
  return {
    ...resolved,
    platforms: platform === undefined ? [] : [{ platform, digest: resolved.digest }],
    ...(platform !== undefined && { platform }),
    size,
    labels,
    ...wellKnown(labels, found?.created),
  };
}

function withoutPlatform(resolved: ResolvedImage, labels: ReadonlyMap<string, string>): ImageDetails {
  return { ...resolved, platforms: [], size: 0, labels, ...wellKnown(labels, undefined) };
}

/** Labels that the specification knows (OCI image: "Pre-Defined Annotation Keys"). */
function wellKnown(
  labels: ReadonlyMap<string, string>,
  built: string | undefined,
): Pick<ImageDetails, "created" | "revision" | "source" | "version"> {
  const created = [built, labels.get(keyOf("created"))].find(isLikely);
  const [revision, source, version] = ["revision", "source", "version"].map(
    (name) => labels.get(keyOf(name)) || undefined,
  );
  return {
    ...(created !== undefined && { created }),
    ...(revision !== undefined && { revision }),
    ...(source !== undefined && { source }),
    ...(version !== undefined && { version }),
  };
}

function isLikely(date: string | undefined): boolean {
  const time = Date.parse(date ?? "");
  return !Number.isNaN(time) && new Date(time).getUTCFullYear() >= firstYear;
}
