import { countOf, listOf, mapOf, parseObject, textOf, textsOf } from "./jsonValue";
import type { Platform } from "./registry";

/** Media types of what a tag may lead to: an index (Docker: manifest list) of several platforms, or the manifest of one. */
export const indexTypes: readonly string[] = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
export const manifestTypes: readonly string[] = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Media types of configurations of images; other artifacts, such as charts, have configurations of their own. */
export const configTypes: readonly string[] = [
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
];

/** A part of an image, by its digest (OCI image: "Content Descriptors"). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations: ReadonlyMap<string, string>;
  /** In an index only. */
  readonly platform?: Platform | undefined;
  /** In a list of referrers only. */
  readonly artifactType: string;
  /** Whether it may be fetched from elsewhere and need not lie in this repository, as base layers of Windows do. */
  readonly isForeign: boolean;
}

/** The content of an index or of a manifest; `mediaType` is what it says of itself, empty when nothing. */
export type ManifestContent =
  | {
      readonly kind: "index";
      readonly mediaType: string;
      readonly manifests: readonly Descriptor[];
      readonly annotations: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: "manifest";
      readonly mediaType: string;
      readonly config: Descriptor;
      readonly layers: readonly Descriptor[];
      readonly annotations: ReadonlyMap<string, string>;
    };

/**
 * Reads an index or a manifest. `undefined` when it is neither, or could be read as both or as another type than the one under which it was given
 * (OCI image: both documents must not be confused), or is of the form from before 2016 (schema 1).
 *
 * @param mediaType - as the registry gave it; empty when it did not
 */
export function parseManifest(bytes: Uint8Array, mediaType: string): ManifestContent | undefined {
  const whole = parseObject(new TextDecoder().decode(bytes));
  const own = textOf(whole?.get("mediaType"));
  if (whole === undefined || (own !== "" && mediaType !== "" && own !== mediaType)) return undefined;
  const type = own === "" ? mediaType : own;
  const annotations = textsOf(whole.get("annotations"));
  const hasManifests = isList(whole.get("manifests"));
  const hasLayers = isList(whole.get("layers"));
  if (hasManifests === hasLayers) return undefined;
  if (hasManifests) {
    if (type !== "" && manifestTypes.includes(type)) return undefined;
    return { kind: "index", mediaType: own, manifests: readDescriptors(whole.get("manifests")), annotations };
  }
  const config = readDescriptor(whole.get("config"));
  if (config === undefined || indexTypes.includes(type)) return undefined;
  return { kind: "manifest", mediaType: own, config, layers: readDescriptors(whole.get("layers")), annotations };
}

/** Programs in Go write `null` for a list without entries. */
function isList(value: unknown): boolean {
  return value === null || Array.isArray(value);
}

/** Entries that name no digest that we can verify are left out. */
function readDescriptors(value: unknown): readonly Descriptor[] {
  return listOf(value).flatMap((each) => readDescriptor(each) ?? []);
}

function readDescriptor(value: unknown): Descriptor | undefined {
  const entry = mapOf(value);
  const digest = textOf(entry.get("digest"));
  if (!/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest)) return undefined;
  const mediaType = textOf(entry.get("mediaType"));
  return {
    mediaType,
    digest,
    size: countOf(entry.get("size")) ?? 0,
    annotations: textsOf(entry.get("annotations")),
    platform: readPlatform(entry.get("platform")),
    artifactType: textOf(entry.get("artifactType")),
    isForeign: /\.(foreign|nondistributable)\./.test(mediaType) || listOf(entry.get("urls")).length > 0,
  };
}

/** Docker writes `unknown/unknown` for what is no image, such as attestations. */
function readPlatform(value: unknown): Platform | undefined {
  const entry = mapOf(value);
  return platformOf(textOf(entry.get("os")), textOf(entry.get("architecture")), textOf(entry.get("variant")));
}

/** What the configuration of an image says (OCI image: "Image Configuration"). */
export interface ImageConfig {
  readonly platform?: Platform | undefined;
  readonly created?: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

/** Reads a configuration; `undefined` when it is no JSON object. */
export function parseConfig(bytes: Uint8Array): ImageConfig | undefined {
  const whole = parseObject(new TextDecoder().decode(bytes));
  if (whole === undefined) return undefined;
  return {
    platform: readPlatform(Object.fromEntries(["os", "architecture", "variant"].map((key) => [key, whole.get(key)]))),
    created: textOf(whole.get("created")) || undefined,
    labels: textsOf(mapOf(whole.get("config")).get("Labels")),
  };
}

function platformOf(os: string, architecture: string, variant: string): Platform | undefined {
  if (os === "" || architecture === "" || os === "unknown") return undefined;
  return { os, architecture, ...(variant !== "" && { variant }) };
}
