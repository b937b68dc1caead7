import { randomBytes } from "node:crypto";

/** A word that nobody can guess, for what a page of ours may run. */
export function createNonce(): string {
  return randomBytes(18).toString("base64");
}
