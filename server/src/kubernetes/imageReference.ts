/** The parts of an image reference: `quay.io:443/team/app:1.2@sha256:9f…`. */
export interface ImageReference {
  /** With registry and path, without tag and digest. */
  readonly name: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

/** What people need to see of a digest: `sha256:9f86d081884c`. */
export function shortDigest(digest: string): string {
  return digest.replace(/^([^:]*:.{12}).*$/, "$1");
}

/**
 * Divides an image reference (OCI distribution: reference grammar). A colon before the last slash belongs to the port of the registry.
 * Nothing is checked: any text gives some name.
 */
export function parseImageReference(text: string): ImageReference {
  const at = text.indexOf("@");
  const tagged = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? undefined : text.slice(at + 1) || undefined;
  const colon = tagged.indexOf(":", tagged.lastIndexOf("/") + 1);
  if (colon < 0) return { name: tagged, tag: undefined, digest };
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1) || undefined, digest };
}
