/**
 * Requests to other machines, as a port: given only where the person trusts the workspace. Only the rooms that `mayReachOut` of the
 * architecture's table names may know it.
 */
export interface Http {
  /** Sends one request and reads its answer to the end. Follows no redirect. Rejects with an `HttpError` and with nothing else. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** `https:` or `http:`, without user and password. */
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: Uint8Array | undefined;
  /** After so many milliseconds it is given up, whatever has arrived. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** A longer body is not read to its end. */
  readonly mostBytes: number;
  readonly tls?: TlsChoice | undefined;
}

/** Whom a connection trusts besides the authorities of the machine, and as whom it introduces itself. */
export interface TlsChoice {
  /** False accepts every certificate. */
  readonly verify: boolean;
  /** Certificates of further authorities (PEM). */
  readonly authorities: readonly string[];
  /** Our own certificate and its key (PEM). */
  readonly client?: { readonly certificate: string; readonly key: string } | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case; several of one name are joined with `, `. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/**
 * Why there is no answer.
 *
 * - `unreachable`: no such host or no connection
 * - `untrusted`: the certificate cannot be verified
 * - `notTls`: something answers there, but not in TLS
 * - `proxy`: the proxy does not let us through
 * - `timeout`, `cancelled`: as asked for
 * - `cutOff`: the connection broke before the answer was complete
 * - `tooLarge`: the answer is longer than `mostBytes`
 * - `invalid`: what was to be sent cannot be, or what came is no HTTP
 */
export type HttpProblem =
  | "unreachable"
  | "untrusted"
  | "notTls"
  | "proxy"
  | "timeout"
  | "cancelled"
  | "cutOff"
  | "tooLarge"
  | "invalid";

/** `reason` is for people, for example `connect ECONNREFUSED 127.0.0.1:5000`; it holds nothing of what was sent. */
export class HttpError extends Error {
  constructor(
    readonly problem: HttpProblem,
    readonly reason: string,
  ) {
    super(reason);
    this.name = "HttpError";
  }
}
