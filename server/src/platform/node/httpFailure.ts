import { HttpError } from "../http";

/** What Node says about a failed request, as our error. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const reason = reasonOf(error);
  const code = String(propertyOf(error, "code") ?? "");
  if (isCertificateCode(code)) return new HttpError("untrusted", reason);
  if (/^(EPROTO|ERR_SSL_)/.test(code)) {
    const isPlain = /wrong version number|packet length too long|http request/i.test(reason);
    return isPlain
      ? new HttpError("notTls", "What answers there does not speak TLS.")
      : new HttpError("unreachable", `TLS failed: ${tlsWords(reason)}`);
  }
  if (code === "ECONNRESET" || code === "EPIPE") return new HttpError("cutOff", "The connection broke off.");
  // What `hpagent` says when CONNECT is not answered with 200.
  const [, status] = /^Bad response: (\d+)$/.exec(reason) ?? [];
  if (status !== undefined) return proxyAnswered(Number(status));
  if (/^(HPE_|ERR_(INVALID|HTTP|UNESCAPED))/.test(code)) return new HttpError("invalid", "It is no valid HTTP.");
  return new HttpError("unreachable", reason);
}

/** A proxy that does not let us through. */
export function proxyAnswered(status: number): HttpError {
  return new HttpError("proxy", `The proxy answered with status ${status}.`);
}

/** The codes that OpenSSL's verification has in Node (`tls`: X509 certificate error codes). */
function isCertificateCode(code: string): boolean {
  return /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|CRL_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_)/.test(
    code,
  );
}

/** OpenSSL's words without the numbers around them: `…:error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:…`. */
function tlsWords(reason: string): string {
  return /SSL routines:[^:]*:([^:]+)/.exec(reason)?.[1] ?? reason;
}

function reasonOf(error: unknown): string {
  // Of several addresses of a host, each with an error of its own, the first tells enough.
  const errors = propertyOf(error, "errors");
  if (Array.isArray(errors) && errors.length > 0) return reasonOf(errors[0]);
  return error instanceof Error ? error.message.trim() : String(error);
}

function propertyOf(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}
