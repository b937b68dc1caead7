import {
  type HttpAgent,
  type HttpOptions,
  type HttpResponse,
  readLines,
  readPieces,
  readText,
  sendHttp,
} from "../platform/http";
import { runProgram } from "../platform/runProgram";
import { ApiError, toNetworkError, toStatusError } from "./apiError";
import type { ClusterContext } from "./kubeconfig";
import type { KubeObject } from "./kubeObject";
import { ListItems } from "./listItems";
import { type Credential, SignIn } from "./signIn";

/** A call to the API server of a cluster. */
export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** For example `/apis/argoproj.io/v1alpha1/applications`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Of the body; `application/json` when absent. */
  readonly contentType?: string;
  /** How the answer shall be written; `application/json` when absent. */
  readonly accept?: string | undefined;
  /** How long the server may take until it begins to answer, and between two pieces of the answer, in milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears of what the server warns of in its answer, for example a deprecated version. */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** Takes the items of a list one by one while they arrive, where the server is the one of a cluster: the answer then has none. */
  readonly onItem?: ((item: KubeObject) => void) | undefined;
}

/** What speaks to one cluster as one user. Every call ends: by an answer, by its timeout, or because it is cancelled. */
export interface Connection {
  readonly context: ClusterContext;
  /** The JSON that the server answers. Throws an `ApiError` for anything that is no success. */
  get<T>(request: ApiRequest): Promise<T>;
  /** Calls `onLine` with each line of the answer while it arrives; resolves when the server ends it. For watches. */
  stream(request: ApiRequest, onLine: (line: string) => void): Promise<void>;
  /** How many calls are under way. */
  readonly calls: number;
  /** Cancels what is under way; later calls fail at once. */
  close(): void;
}

/** How long a server may take to answer unless a call says otherwise, in milliseconds. */
const patience = 15_000;

/** How long the program that signs in may take, in milliseconds. */
const signInPatience = 60_000;

/** Makes a connection. Nothing is contacted, and no program runs, until the first call. */
export function connect(context: ClusterContext): Connection {
  const closed = new AbortController();
  const { program } = context;
  const run = { context: context.name, run: runProgram, signal: closed.signal, patience: signInPatience };
  const signIn = program && new SignIn({ program, ...run });
  let config = context.makeConfig();
  let agent: { readonly key: string; readonly agent: HttpAgent } | undefined;
  let calls = 0;

  const prepare = async (request: ApiRequest, credential: Credential | undefined): Promise<HttpOptions> => {
    const options: HttpOptions = {};
    await fill(options, credential === undefined ? config : context.makeConfig(credential), context.name);
    const key = [options.cert, options.key, options.ca].map(String).join();
    // client-node makes an agent for each call; connections are only shared within one.
    if (agent?.key !== key) agent = { key, agent: options.agent as HttpAgent };
    agent.agent.options.keepAlive = true;
    return { ...options, agent: agent.agent, method: request.method ?? "GET" };
  };

  const send = async <T>(request: ApiRequest, read: Read<T>, mayTryAgain: boolean): Promise<T> => {
    const signals = request.signal === undefined ? [closed.signal] : [closed.signal, request.signal];
    const signal = AbortSignal.any(signals);
    let credential: Credential | undefined;
    calls++;
    try {
      credential = await untilAborted(signIn?.get(), signal);
      const options = await untilAborted(prepare(request, credential), signal);
      return await exchange(context.server, request, { ...options, signal }, read);
    } catch (error) {
      if (signal.aborted) throw new ApiError("cancelled", "The call was cancelled.");
      const failure = toNetworkError(error, context.server);
      if (failure.details.status !== 401) throw failure;
      if (credential !== undefined) signIn?.forget(credential);
      config = context.makeConfig();
      if (!mayTryAgain) throw refusedToken(context);
    } finally {
      calls--;
    }
    // A token may have run out since it was read: then one more sign-in is worth a try.
    return await send(request, read, false);
  };

  return {
    context,
    get: async <T>(request: ApiRequest) => {
      return parse<T>(await send(request, readerOf(request, context.server), true), context.server);
    },
    stream: (request, onLine) => send(request, (response) => readLines(response, onLine), true),
    get calls() {
      return calls;
    },
    close() {
      closed.abort();
      agent?.agent.destroy();
    },
  };
}

type Read<T> = (response: HttpResponse) => Promise<T>;

/** Fills in certificates and tokens. Some come over the network (OpenID Connect). */
async function fill(
  options: HttpOptions,
  config: ReturnType<ClusterContext["makeConfig"]>,
  context: string,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    const message = `Signing in to '${context}' took more than ${signInPatience / 1000} s.`;
    timer = setTimeout(() => fail(new ApiError("signIn", message)), signInPatience);
  });
  try {
    await Promise.race([config.applyToHTTPSOptions(options), late]);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // What is no JSON is quoted in the error, and may be a token.
    const isQuoted = error instanceof SyntaxError;
    const told = String(error instanceof Error ? error.message : error).trim();
    const reason = isQuoted ? "what it names is no JSON." : told;
    throw new ApiError("signIn", `The kubeconfig cannot be used for '${context}': ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

/** The same, except that nobody waits any more for what was cancelled. */
async function untilAborted<T>(work: Promise<T> | undefined, signal: AbortSignal): Promise<T | undefined> {
  if (work === undefined) return undefined;
  const stop = new AbortController();
  const aborted = new Promise<never>((_, fail) => {
    const fails = (): void => fail(new ApiError("cancelled", "The call was cancelled."));
    if (signal.aborted) fails();
    signal.addEventListener("abort", fails, { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop.abort();
  }
}

function refusedToken({ server, user, program }: ClusterContext): ApiError {
  const host = server.replace(/^https?:\/\//, "");
  const what = program === undefined ? `the credentials of '${user}'` : `what the program of '${user}' gives`;
  const message = `${host} does not accept ${what} (any more). Sign in again, for example with your kubectl or oc, and try again.`;
  return new ApiError("signIn", message, { status: 401 });
}

async function exchange<T>(server: string, request: ApiRequest, options: HttpOptions, read: Read<T>): Promise<T> {
  const { path, query = {}, body, contentType = "application/json", accept = "application/json", timeout } = request;
  const url = new URL(server.replace(/\/$/, "") + path);
  for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = {
    ...(options.headers as Record<string, string> | undefined),
    accept,
    ...(content !== undefined && { "content-type": contentType, "content-length": content.length }),
  };
  const response = await sendHttp(url, { ...options, headers, timeout: timeout ?? patience }, content);
  const { statusCode = 0 } = response;
  for (const header of response.headersDistinct["warning"] ?? []) {
    for (const text of parseWarnings(header)) request.onWarning?.(text);
  }
  if (statusCode >= 200 && statusCode < 300) return await read(response);
  const wait = Number(response.headers["retry-after"]);
  throw toStatusError(statusCode, await readText(response), Number.isFinite(wait) ? wait * 1000 : undefined);
}

/** The texts of a `Warning` header: `299 - "apps/v1beta1 is deprecated"`, maybe several behind each other (RFC 7234, 5.5). */
function parseWarnings(header: string): readonly string[] {
  return [...header.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text.replace(/\\(.)/g, "$1"));
}

/** Reads the answer as text, but for the items of a list that somebody takes. */
function readerOf({ onItem }: ApiRequest, server: string): Read<string> {
  if (onItem === undefined) return readText;
  return async (response) => {
    const list = new ListItems((text) => onItem(parse<KubeObject>(text, server)));
    await readPieces(response, (piece) => list.push(piece));
    return list.rest;
  };
}

function parse<T>(text: string, server: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError("refused", `${server} answered with something that is no JSON; is it a Kubernetes API server?`);
  }
}
