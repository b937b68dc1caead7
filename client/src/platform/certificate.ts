import { X509Certificate } from "node:crypto";

/** Until when a certificate counts; nothing when it cannot be read. */
export function expiryOf(certificate: Buffer | string): Date | undefined {
  try {
    return new Date(new X509Certificate(certificate).validTo);
  } catch {
    return undefined;
  }
}
