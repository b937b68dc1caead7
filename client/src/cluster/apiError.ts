/** Why a call to a cluster failed. */
export type FailureKind =
  /** Nobody answered: no network, no such host, refused, cut off. */
  | "unreachable"
  /** The server shows a certificate that we must not trust. */
  | "certificate"
  | "timeout"
  | "cancelled"
  /** Nobody could sign in: the program of the kubeconfig failed, or the token is not (any more) accepted. */
  | "signIn"
  /** 403. */
  | "forbidden"
  /** 404. */
  | "notFound"
  /** 409: someone else was faster. */
  | "conflict"
  /** 410, or a watch that is told so: what we know is too old to be continued. */
  | "gone"
  /** 429 and 503: come back later. */
  | "busy"
  /** Any other answer that is no success. */
  | "refused";

/** What else is known of a failure. */
export interface ErrorDetails {
  readonly status?: number | undefined;
  /** In milliseconds. */
  readonly retryAfter?: number | undefined;
  /** What the API server names one by one, for example each field that somebody else manages. */
  readonly causes?: readonly ErrorCause[] | undefined;
  /** What a program that signs in said to people: to be shown to them, and never logged. */
  readonly output?: string | undefined;
  /** What is not there is watched for: whoever is told this is told when it comes. */
  readonly isAwaited?: boolean | undefined;
}

export interface ErrorCause {
  /** For example `FieldManagerConflict`. */
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  /** For example `.spec.replicas`. */
  readonly field?: string | undefined;
}

/** A call to a cluster that failed; the message is a sentence for people. */
export class ApiError extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** What servers written in Go, and so the API server, answer to who does not speak TLS (`net/http`). */
export const onlySpeaksTls = "Client sent an HTTP request to an HTTPS server.";

/** The failure that an answer of the API server tells of; `body` is a `Status` object, if it is what it should be. */
export function toStatusError(status: number, body: string, retryAfter?: number): ApiError {
  const told = readStatus(body);
  const plain = body.trim() === onlySpeaksTls ? onlySpeaksTls : `The API server answered ${status}.`;
  const message = told?.message || plain;
  const causes = Array.isArray(told?.details?.causes) ? told.details.causes : undefined;
  return new ApiError(kindOf(status), message, { status, retryAfter, causes });
}

/** The failure that keeps a call from reaching the server. */
export function toNetworkError(error: unknown, server: string): ApiError {
  if (error instanceof ApiError) return error;
  const { code = "", message = String(error) } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const host = server.replace(/^https?:\/\//, "");
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(code)) {
    // What Node adds is for people who start a program, not for those who use one.
    const reason = message.replace(/; if the root CA is installed locally.*$/s, "");
    return new ApiError("certificate", `The certificate of ${host} is not trusted: ${reason}.`);
  }
  if (code === "ETIMEDOUT") return new ApiError("timeout", `${host} does not answer.`);
  const reasons = new Map([
    ["ECONNREFUSED", "nothing listens there"],
    ["ENOTFOUND", "there is no host of that name"],
    ["EAI_AGAIN", "the name cannot be looked up now"],
    ["ECONNRESET", "the connection was cut off"],
    ["EPIPE", "the connection was cut off"],
    ["EHOSTUNREACH", "there is no way to it"],
    ["ENETUNREACH", "there is no network"],
    ["EADDRNOTAVAIL", "there is no network"],
    ["EPROTO", "what answers there does not speak TLS"],
  ]);
  return new ApiError("unreachable", `${host} cannot be reached: ${reasons.get(code) ?? (message || code)}.`);
}

/**
 * The same failure of a call that writes: where `error` says that its answer was lost, with the words that it may have been done. A failure of which
 * that is not so stays as it is.
 */
export function ofWrite(failure: ApiError, error: unknown): ApiError {
  const { code = "" } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  if (!["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code)) return failure;
  const words = `${failure.message} It may have been done all the same: look before you try again.`;
  return new ApiError(failure.kind, words, failure.details);
}

function kindOf(status: number): FailureKind {
  switch (status) {
    case 401:
      return "signIn";
    case 403:
      return "forbidden";
    case 404:
      return "notFound";
    case 409:
      return "conflict";
    case 410:
      return "gone";
    case 429:
    case 503:
      return "busy";
    default:
      return "refused";
  }
}

/** A `Status` object; what it holds besides the message is only what we look at. */
interface Status {
  readonly message?: string | undefined;
  readonly details?: { readonly causes?: readonly ErrorCause[] | undefined } | undefined;
}

function readStatus(body: string): Status | undefined {
  try {
    const status: unknown = JSON.parse(body);
    if (typeof status !== "object" || status === null) return undefined;
    return "message" in status && typeof status.message === "string" ? (status as Status) : undefined;
  } catch {
    return undefined;
  }
}
