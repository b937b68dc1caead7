import { createHash } from "node:crypto";

/** An image to push, with as much in it as the tests look at. */
export interface PushedPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly created?: string;
  /** What its only layer holds. */
  readonly layer?: string;
}

export interface ImageToPush {
  readonly tag: string;
  readonly format: "oci" | "docker";
  readonly platforms: readonly [PushedPlatform, ...PushedPlatform[]];
  /** Makes an index even of one platform; several are one always. */
  readonly index?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Adds what buildkit adds to an index: a manifest for `unknown/unknown`. */
  readonly attestation?: boolean;
}

const types = {
  oci: {
    index: "application/vnd.oci.image.index.v1+json",
    manifest: "application/vnd.oci.image.manifest.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    layer: "application/vnd.oci.image.layer.v1.tar+gzip",
  },
  docker: {
    index: "application/vnd.docker.distribution.manifest.list.v2+json",
    manifest: "application/vnd.docker.distribution.manifest.v2+json",
    config: "application/vnd.docker.container.image.v1+json",
    layer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
  },
} as const;

/** What a push gives: the digest of the manifest or index, and of the manifests in it. */
export interface Pushed {
  readonly digest: string;
  readonly manifests: readonly string[];
  readonly bytes: string;
}

/** Pushes an image over plain HTTP as other clients do; nothing of ours takes part. `repository` is for example `127.0.0.1:5000/team/app`. */
export async function pushImage(repository: string, image: ImageToPush): Promise<Pushed> {
  const type = types[image.format];
  const isIndex = image.index === true || image.platforms.length > 1 || image.attestation === true;
  const manifests: { digest: string; size: number; bytes: string; platform: object }[] = [];
  const platforms = image.attestation
    ? [...image.platforms, { os: "unknown", architecture: "unknown" }]
    : image.platforms;
  for (const platform of platforms) {
    const { os, architecture, variant } = platform;
    const bytes = await manifestOf(repository, platform, image);
    const digest = isIndex ? digestOf(bytes) : image.tag;
    await putManifest(repository, digest, type.manifest, bytes);
    const own = { os, architecture, ...(variant !== undefined && { variant }) };
    manifests.push({ digest: digestOf(bytes), size: bytes.length, bytes, platform: own });
  }
  const digests = manifests.map(({ digest }) => digest);
  if (!isIndex) return { digest: digests[0] ?? "", manifests: digests, bytes: manifests[0]?.bytes ?? "" };
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: type.index,
    manifests: manifests.map(({ digest, size, platform }) => ({ mediaType: type.manifest, digest, size, platform })),
    ...(image.annotations !== undefined && { annotations: image.annotations }),
  });
  await putManifest(repository, image.tag, type.index, index);
  return { digest: digestOf(index), manifests: digests, bytes: index };
}

async function manifestOf(repository: string, platform: PushedPlatform, image: ImageToPush): Promise<string> {
  const type = types[image.format];
  const { os, architecture, variant, labels, created, layer = `layer of ${architecture}` } = platform;
  const config = JSON.stringify({ os, architecture, variant, created, config: { Labels: labels }, rootfs: {} });
  const [configDigest, layerDigest] = [await putBlob(repository, config), await putBlob(repository, layer)];
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: type.manifest,
    config: { mediaType: type.config, digest: configDigest, size: config.length },
    layers: [{ mediaType: type.layer, digest: layerDigest, size: layer.length }],
    ...(image.annotations !== undefined && image.platforms.length === 1 && { annotations: image.annotations }),
  });
}

/** Puts any manifest, for example a list of referrers under its tag. */
export async function putManifest(repository: string, reference: string, type: string, bytes: string): Promise<void> {
  const url = `${addressOf(repository)}/manifests/${reference}`;
  await send(url, { method: "PUT", headers: { "Content-Type": type }, body: bytes });
}

export async function putBlob(repository: string, bytes: string): Promise<string> {
  const digest = digestOf(bytes);
  const begun = await send(`${addressOf(repository)}/blobs/uploads/`, { method: "POST" });
  const location = new URL(begun.headers.get("location") ?? "", addressOf(repository));
  location.searchParams.set("digest", digest);
  await send(location.href, { method: "PUT", headers: { "Content-Type": "application/octet-stream" }, body: bytes });
  return digest;
}

/** The bytes that a registry serves, without our client. */
export async function fetchManifest(repository: string, reference: string): Promise<string> {
  const headers = {
    Accept: Object.values(types)
      .flatMap(({ index, manifest }) => [index, manifest])
      .join(", "),
  };
  return (await send(`${addressOf(repository)}/manifests/${reference}`, { headers })).text();
}

/** Whether a registry has a blob. */
export async function hasBlob(repository: string, digest: string): Promise<boolean> {
  return (await fetch(`${addressOf(repository)}/blobs/${digest}`, { method: "HEAD" })).ok;
}

export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** `127.0.0.1:5000/team/app` is `http://127.0.0.1:5000/v2/team/app`. */
function addressOf(repository: string): string {
  return `http://${repository.replace("/", "/v2/")}`;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}
