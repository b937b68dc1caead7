import { RegistryError } from "./registry";

/** The digest of some bytes, for example `sha256:9f86d0…`; `algorithm` is the part before the colon. */
export async function digestOf(bytes: Uint8Array, algorithm: string): Promise<string> {
  // The name of Web Crypto, which browsers and Node share.
  const name = algorithm === "sha512" ? "SHA-512" : "SHA-256";
  const hash = new Uint8Array(await crypto.subtle.digest(name, new Uint8Array(bytes)));
  return `${algorithm}:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Holds bytes against the digest under which they were asked for or announced.
 *
 * @param what - for the message, for example `manifest of quay.io/team/app`
 * @throws RegistryError `broken` when they are others
 */
export async function verifyBytes(bytes: Uint8Array, digest: string, what: string): Promise<void> {
  const found = await digestOf(bytes, digest.slice(0, digest.indexOf(":")));
  if (found === digest) return;
  throw new RegistryError(
    "broken",
    `The bytes of the ${what} do not match the digest ${digest}; they have ${found}. Nothing of it was used. ` +
      "Try again; if it stays so, something between here and the registry changes answers, or the registry is damaged.",
  );
}
