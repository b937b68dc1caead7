/**
 * What container registries know about images. Nothing here is asked unless a person asked or allowed it, and every method may wait for the
 * network. All methods reject with a `RegistryError` and with nothing else.
 *
 * An `image` is what `parseImageReference` calls the name: `quay.io/team/app`, or `nginx`, which stands for `docker.io/library/nginx`.
 */
export interface Registry {
  /** The tags of a repository, in the order in which the registry gives them. */
  tags(image: string, look?: Look): Promise<TagList>;
  /** What a tag stands for now, or whether a digest exists. One small request: registries do not count it as a pull. */
  resolve(image: string, tagOrDigest: string, look?: Look): Promise<ResolvedImage>;
  /** Reads manifest and configuration too: platforms, labels, age. Three requests at most; those by digest are remembered. */
  details(image: string, tagOrDigest: string, look?: DetailsLook): Promise<ImageDetails>;
  /** What was attached to an image: signatures, bills of materials, attestations. Empty where the registry knows none. */
  referrers(image: string, digest: string, look?: Look): Promise<readonly Referrer[]>;
  /**
   * Gives an image another name in the same registry, as `skopeo copy` does: the same bytes under the tag of `to`, in the same repository or in
   * another one. The digest stays. Refused where it would have to carry layers from one registry to another.
   */
  putTag(from: ImageAt, to: ImageTag, look?: Look): Promise<ResolvedImage>;
}

/** How something is asked. */
export interface Look {
  /** Ends the wait: the method rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * A person wants it now: asks the registry even when the last answer is younger than a minute, for example before something is written, and once more for a
   * login where that failed.
   */
  readonly fresh?: boolean | undefined;
}

export interface DetailsLook extends Look {
  /** Whose configuration is read when there are several: `linux/amd64` when absent, else the first. */
  readonly platform?: Platform | undefined;
}

export interface ImageAt {
  readonly image: string;
  readonly digest: string;
}

export interface ImageTag {
  readonly image: string;
  readonly tag: string;
}

export interface TagList {
  readonly tags: readonly string[];
  /** False when there may be more: the registry has more than we ask for (some 10,000), or leads in a circle. */
  readonly complete: boolean;
}

/** Where a tag or digest leads: for an image of several platforms to the index, which is what gets pinned. */
export interface ResolvedImage {
  /** For example `sha256:9f86d0…`. */
  readonly digest: string;
  /** For example `application/vnd.oci.image.index.v1+json`; empty when the registry does not say. */
  readonly mediaType: string;
  /** Bytes of the manifest or index itself, where the registry says so. */
  readonly manifestSize?: number | undefined;
}

export interface ImageDetails extends ResolvedImage {
  /** One per platform of the index, or the only one. Attestations are not among them. */
  readonly platforms: readonly PlatformImage[];
  /** The platform that the rest is about. */
  readonly platform?: Platform | undefined;
  /** Compressed bytes of its layers and configuration: what a node pulls. */
  readonly size: number;
  /** When it was built (RFC 3339), for example `2026-03-01T08:12:00Z`. Absent where builds that can be repeated write a fixed early date. */
  readonly created?: string | undefined;
  /** Labels of the configuration; where they lack a key, annotations of the manifest and then of the index. */
  readonly labels: ReadonlyMap<string, string>;
  /** `org.opencontainers.image.revision`: the commit it was built from. */
  readonly revision?: string | undefined;
  /** `org.opencontainers.image.source`: address of the repository it was built from. Anybody may have written it. */
  readonly source?: string | undefined;
  /** `org.opencontainers.image.version`. */
  readonly version?: string | undefined;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** For example `v8`. */
  readonly variant?: string | undefined;
}

export interface PlatformImage {
  readonly platform: Platform;
  /** Of the manifest of this platform. */
  readonly digest: string;
}

export interface Referrer {
  readonly digest: string;
  readonly mediaType: string;
  /** What it is, for example `application/vnd.dev.cosign.artifact.sig.v1+json`; empty when unknown. */
  readonly artifactType: string;
  readonly size: number;
  readonly annotations: ReadonlyMap<string, string>;
}

/**
 * Why a registry gave no answer.
 *
 * - `unreachable`: no connection, a certificate that cannot be verified, no answer in time, or none but that it has trouble of its own.
 * - `unauthorized`: it wants a login, or another one. Many registries say so too of what does not exist.
 * - `notFound`: it says that there is no such repository, tag or digest. The only kind that may become a finding.
 * - `rateLimited`: too many requests; see `retryAfter`.
 * - `refused`: it, or we, will not do that, for example because the name cannot be one.
 * - `broken`: its answer makes no sense, or its bytes do not match the digest.
 * - `cancelled`: the signal said so.
 */
export type RegistryErrorKind =
  | "unreachable"
  | "unauthorized"
  | "notFound"
  | "rateLimited"
  | "refused"
  | "broken"
  | "cancelled";

/**
 * Whether something thrown is a `RegistryError`. Use this in place of `instanceof`: the registry is a bundle of its own, with a class of its own.
 */
export function isRegistryError(error: unknown): error is RegistryError {
  return error instanceof Error && error.name === "RegistryError";
}

/** Its `message` is for people: what happened and what to do next, in plain words. It never holds a password or token. */
export class RegistryError extends Error {
  constructor(
    readonly kind: RegistryErrorKind,
    message: string,
    /** Seconds after which the registry wants to be asked again. */
    readonly retryAfter?: number | undefined,
  ) {
    super(message);
    this.name = "RegistryError";
  }
}
