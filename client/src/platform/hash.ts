import { createHash, randomBytes } from "node:crypto";

/**
 * Makes a function that gives the same text for the same bytes, and tells nothing about them: its key is random and nobody else has it, so
 * that even short texts cannot be found by trying.
 */
export function makeSecretHash(): (bytes: Buffer) => string {
  const key = randomBytes(32);
  return (bytes) => createHash("sha256").update(key).update(bytes).digest("hex");
}
