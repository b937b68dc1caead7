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

/** A call to a cluster that failed; the message is a sentence for people. */
export class ApiError extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: { readonly status?: number | undefined; readonly retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The failure that an answer of the API server tells of; `body` is a `Status` object, if it is what it should be. */
export function toStatusError(status: number, body: string, retryAfter?: number): ApiError {
  const message = messageOf(body) ?? `The API server answered ${status}.`;
  return new ApiError(kindOf(status), message, { status, retryAfter });
}

/** The failure that keeps a call from reaching the server. */
export function toNetworkError(error: unknown, server: string): ApiError {
  if (error instanceof ApiError) return error;
  const { code = "", message = String(error) } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const host = server.replace(/^https?:\/\//, "");
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(code)) {
    return new ApiError("certificate", `The certificate of ${host} is not trusted: ${message}.`);
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
  ]);
  return new ApiError("unreachable", `${host} cannot be reached: ${reasons.get(code) ?? message}.`);
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

function messageOf(body: string): string | undefined {
  try {
    const status: unknown = JSON.parse(body);
    const message = typeof status === "object" && status !== null && "message" in status ? status.message : undefined;
    return typeof message === "string" && message !== "" ? message : undefined;
  } catch {
    return undefined;
  }
}
