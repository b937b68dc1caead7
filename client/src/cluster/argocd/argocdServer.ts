import { type HttpOptions, type HttpResponse, readLines, readText, sendHttp } from "../../platform/http";
import { onWakeUp } from "../../platform/wakeUp";
import { ApiError, type FailureKind, ofWrite, toNetworkError } from "../apiError";
import type { Connection } from "../connection";
import type { ClusterContext } from "../kubeconfig";
import type { KubeObject } from "../kubeObject";
import { readBody } from "../readBody";

/** The API server of an Argo CD, and who one is there. */
export interface ArgocdServerAddress {
  /** Where its web interface is, for example `https://argocd.example.com` or `https://example.com/argocd`. */
  readonly url: string;
  /** The certificates that vouch for it, in PEM; those that the machine trusts when absent. */
  readonly certificates?: string | undefined;
  /** Proves who one is; only signing in works without. Never shown or written anywhere but in the secret storage. */
  readonly token?: string | undefined;
}

/** A call to it; see `assets/swagger.json` of argo-cd for what there is. */
export interface ArgocdRequest {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** For example `/api/v1/applications`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | boolean | undefined>>;
  readonly body?: unknown;
  /** How long the server may take until it begins to answer, and between two pieces of the answer, in milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Takes the items of a list one by one while they arrive: the answer then has none. */
  readonly onItem?: ((item: KubeObject) => void) | undefined;
}

/** What speaks to the API server of an Argo CD. Every call ends: by an answer, by its timeout, or because it is cancelled. */
export interface ArgocdServer {
  readonly address: ArgocdServerAddress;
  /** The JSON that it answers. Throws an `ApiError` for anything that is no success. */
  get<T>(request: ArgocdRequest): Promise<T>;
  /** Calls `onResult` with each message while it arrives; resolves when the server ends it. */
  stream<T>(request: ArgocdRequest, onResult: (result: T) => void): Promise<void>;
  /** How many calls are under way. */
  readonly calls: number;
  /** Cancels what is under way; later calls fail at once. */
  close(): void;
}

/** How long the server may take to answer unless a call says otherwise, in milliseconds. */
const patience = 30_000;

const sessionPath = "/api/v1/session";

/** Makes what speaks to a server. Nobody is contacted until the first call. */
export function connectArgocdServer(address: ArgocdServerAddress): ArgocdServer {
  const closed = new AbortController();
  let calls = 0;
  // What was under way before the machine slept gets no answer, and would say so only after minutes.
  let slept = new AbortController();
  const forgetWakeUp = onWakeUp(() => {
    slept.abort();
    slept = new AbortController();
  });
  const send = async <T>(request: ArgocdRequest, read: (response: HttpResponse) => Promise<T>): Promise<T> => {
    const cancelled = AbortSignal.any([closed.signal, request.signal ?? closed.signal]);
    const { signal: lost } = slept;
    calls++;
    try {
      return await exchange(address, request, AbortSignal.any([cancelled, lost]), read);
    } catch (reason) {
      if (cancelled.aborted) throw new ApiError("cancelled", "The call was cancelled.");
      const error = lost.aborted ? Object.assign(new Error("cut off"), { code: "ECONNRESET" }) : reason;
      const failure = toNetworkError(error, address.url);
      throw isWrite(request) ? ofWrite(failure, error) : failure;
    } finally {
      calls--;
    }
  };
  return {
    address,
    async get<T>(request: ArgocdRequest) {
      const { onItem } = request;
      const take = onItem && ((text: string): void => onItem(parse<KubeObject>(text, address)));
      return parse<T>(await send(request, (response) => readBody(response, take)), address);
    },
    async stream<T>(request: ArgocdRequest, onResult: (result: T) => void) {
      let failure: ApiError | undefined;
      await send(request, (response) =>
        readLines(response, (line) => {
          const message = parse<StreamMessage<T>>(line, address);
          if (message.error !== undefined) failure ??= toStreamError(message.error, address);
          else if (message.result !== undefined && failure === undefined) onResult(message.result);
        }),
      );
      if (failure !== undefined) throw failure;
    },
    get calls() {
      return calls;
    },
    close() {
      closed.abort();
      forgetWakeUp();
    },
  };
}

/** Signing in changes nothing that anybody would look for. */
function isWrite({ method = "GET", path }: ArgocdRequest): boolean {
  return method !== "GET" && path !== sessionPath;
}

/** Signs in with a name and a password, and gives the token for it. Throws `signIn` when they are not right. */
export async function signInToArgocd(
  address: ArgocdServerAddress,
  { username, password }: { readonly username: string; readonly password: string },
  signal?: AbortSignal,
): Promise<string> {
  const server = connectArgocdServer(address);
  const request = { method: "POST", path: sessionPath, body: { username, password }, signal } as const;
  try {
    const { token } = await server.get<{ readonly token?: string }>(request);
    if (!token) throw new ApiError("signIn", `${hostOf(address)} gave no token.`);
    return token;
  } catch (error) {
    // Argo CD says of a wrong password that the request is not valid (400), or that nobody is signed in (401).
    const isWrong = error instanceof ApiError && [400, 401].includes(error.details.status ?? 0);
    throw isWrong ? new ApiError("signIn", `${hostOf(address)} does not accept the name and the password.`) : error;
  } finally {
    server.close();
  }
}

/** The name that the owner of a token has there. Throws `signIn` when the token counts for nothing. */
export async function askWhoIAm(server: ArgocdServer, signal?: AbortSignal): Promise<string> {
  const info = await server.get<{ readonly loggedIn?: boolean; readonly username?: string }>({
    path: "/api/v1/session/userinfo",
    signal,
  });
  if (info.loggedIn === true) return info.username ?? "";
  throw new ApiError("signIn", `${hostOf(server.address)} does not accept the token.`);
}

/** `argocd.example.com`, or `example.com/argocd` where a host has more than one of them. */
export function hostOf({ url }: Pick<ArgocdServerAddress, "url">): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, "")}`;
}

/** A server in the place of a context. Its name is its address. */
export function contextOfServer({ url }: ArgocdServerAddress, user: string): ClusterContext {
  return {
    ...{ name: hostOf({ url }), server: url, user, namespace: "", file: "", definition: url },
    makeConfig() {
      throw new Error(`${hostOf({ url })} is no context of a kubeconfig.`);
    },
  };
}

/** In the place of a connection to Kubernetes: says to everyone who asks that there is none. */
export function withoutKubernetes(context: ClusterContext, server: ArgocdServer): Connection {
  const message = `${context.name} is an Argo CD server. Open a context of the cluster itself for this.`;
  const refuse = (): Promise<never> => Promise.reject(new ApiError("refused", message));
  return {
    ...{ context, get: refuse, stream: refuse, close: () => server.close() },
    get calls() {
      return server.calls;
    },
  };
}

/** What the gateway in Argo CD's server sends of a stream: each message by itself, and why it ended. */
interface StreamMessage<T> {
  readonly result?: T;
  readonly error?: { readonly http_code?: number; readonly grpc_code?: number; readonly message?: string };
}

async function exchange<T>(
  address: ArgocdServerAddress,
  { method = "GET", path, query = {}, body, timeout = patience }: ArgocdRequest,
  signal: AbortSignal,
  read: (response: HttpResponse) => Promise<T>,
): Promise<T> {
  const url = new URL(address.url.replace(/\/+$/, "") + path);
  for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = {
    accept: "application/json",
    ...(address.token !== undefined && { authorization: `Bearer ${address.token}` }),
    // Argo CD takes no request that changes something without it, against forged ones from web pages.
    ...(content !== undefined || method === "DELETE" ? { "content-type": "application/json" } : {}),
    ...(content !== undefined && { "content-length": content.length }),
  };
  const { certificates: ca } = address;
  const options: HttpOptions = { method, headers, timeout, signal, ...(ca !== undefined && { ca }) };
  const response = await sendHttp(url, options, content);
  const { statusCode = 0 } = response;
  if (statusCode >= 200 && statusCode < 300) return await read(response);
  throw toServerError(statusCode, await readText(response), address);
}

function parse<T>(text: string, address: ArgocdServerAddress): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError("refused", `${hostOf(address)} answered with something that is no JSON; is it an Argo CD?`);
  }
}

/** What gRPC calls `FAILED_PRECONDITION`: for example that an operation is under way. HTTP has no word of its own for it. */
const failedPrecondition = 9;

function toServerError(status: number, body: string, address: ArgocdServerAddress): ApiError {
  const { message, code } = readError(body);
  return failureOf(status, code, message, address);
}

function toStreamError(
  { http_code: status = 500, grpc_code: code, message }: NonNullable<StreamMessage<unknown>["error"]>,
  address: ArgocdServerAddress,
): ApiError {
  return failureOf(status, code, message, address);
}

function failureOf(
  status: number,
  code: number | undefined,
  message: string | undefined,
  address: ArgocdServerAddress,
): ApiError {
  const host = hostOf(address);
  const said = message ? `: ${message}` : "";
  const failure = (kind: FailureKind, words: string): ApiError => new ApiError(kind, words, { status });
  // It refuses a sync that a window of the project holds back like one that its roles forbid.
  const isHeldBack = status === 403 && message?.includes("sync window") === true;
  if (code === failedPrecondition || status === 409 || isHeldBack)
    return failure("conflict", `Argo CD does not do it now${said}.`);
  switch (status) {
    case 401:
      return failure("signIn", `${host} does not accept the token (any more). Sign in to the Argo CD server again.`);
    case 403:
      // So that nobody learns what there is, Argo CD says the same of what does not exist.
      return failure("forbidden", `Argo CD does not let you do this, or there is no such Application${said}.`);
    case 404:
      return failure("notFound", `There is no such thing at ${host}${said}.`);
    case 429:
    case 502:
    case 503:
      return failure("busy", `${host} cannot answer now${said}.`);
    default:
      if (status >= 300 && status < 400) return failure("refused", `${host} sends elsewhere; is its address right?`);
      return failure("refused", `Argo CD answered ${status}${said}.`);
  }
}

/** What the gateway says of an error: `{"code": 7, "message": "…", "error": "…"}`, and inside of `error` when a stream was asked for. */
function readError(body: string): { readonly message?: string; readonly code?: number } {
  try {
    const value = JSON.parse(body) as Readonly<Record<string, unknown>> | null;
    const inner = typeof value?.["error"] === "object" ? (value["error"] as Readonly<Record<string, unknown>>) : null;
    const [message, code] = [inner?.["message"] ?? value?.["message"] ?? value?.["error"], value?.["code"]];
    const number = inner?.["grpc_code"] ?? code;
    return {
      ...(typeof message === "string" && message !== "" && { message: message.replace(/\.$/, "") }),
      ...(typeof number === "number" && { code: number }),
    };
  } catch {
    return {};
  }
}
