import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { type HttpAgent, type HttpOptions, type HttpResponse, readLines, readText, sendHttp } from "../platform/http";
import { ApiError, toNetworkError, toStatusError } from "./apiError";
import type { ClusterContext } from "./kubeconfig";

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
  let config = context.makeConfig();
  let agent: { readonly key: string; readonly agent: HttpAgent } | undefined;
  let calls = 0;

  const prepare = async (request: ApiRequest, signal: AbortSignal): Promise<HttpOptions> => {
    const options: HttpOptions = {};
    await signIn(config, options, context, signal);
    const key = [options.cert, options.key, options.ca].map(String).join();
    // client-node makes an agent for each call; connections are only shared within one.
    if (agent?.key !== key) agent = { key, agent: options.agent as HttpAgent };
    agent.agent.options.keepAlive = true;
    return { ...options, agent: agent.agent, method: request.method ?? "GET" };
  };

  const send = async <T>(request: ApiRequest, read: (response: HttpResponse) => Promise<T>): Promise<T> => {
    const signals = request.signal === undefined ? [closed.signal] : [closed.signal, request.signal];
    const signal = AbortSignal.any(signals);
    calls++;
    try {
      const options = await prepare(request, signal);
      return await exchange(context.server, request, { ...options, signal }, read);
    } catch (error) {
      if (signal.aborted) throw new ApiError("cancelled", "The call was cancelled.");
      throw toNetworkError(error, context.server);
    } finally {
      calls--;
    }
  };

  /** A token may have run out since it was read: then one more sign-in is worth a try. */
  const sendSignedIn = async <T>(request: ApiRequest, read: (response: HttpResponse) => Promise<T>): Promise<T> => {
    try {
      return await send(request, read);
    } catch (error) {
      if (!(error instanceof ApiError) || error.details.status !== 401) throw error;
      config = context.makeConfig();
      return await send(request, read);
    }
  };

  return {
    context,
    get: async <T>(request: ApiRequest) => parse<T>(await sendSignedIn(request, readText), context.server),
    stream: (request, onLine) => sendSignedIn(request, (response) => readLines(response, onLine)),
    get calls() {
      return calls;
    },
    close() {
      closed.abort();
      agent?.agent.destroy();
    },
  };
}

/** Fills in certificates and tokens, which may take a program to get. */
async function signIn(
  config: KubeConfig,
  options: HttpOptions,
  { name, runsProgram }: ClusterContext,
  signal: AbortSignal,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const stop = new Promise<never>((_, fail) => {
    const seconds = signInPatience / 1000;
    const late = (): void => fail(new ApiError("signIn", `Signing in to '${name}' took more than ${seconds} s.`));
    timer = setTimeout(late, signInPatience);
    signal.addEventListener("abort", () => fail(new ApiError("cancelled", "The call was cancelled.")), { once: true });
  });
  try {
    await Promise.race([config.applyToHTTPSOptions(options), stop]);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // What a program wrote that is no JSON is quoted in the error, and may be a token.
    const isQuoted = error instanceof SyntaxError;
    const told = String(error instanceof Error ? error.message : error).trim();
    const reason = isQuoted ? "it wrote something that is no ExecCredential in JSON" : told;
    const what = runsProgram ? "The program that signs in failed" : "The kubeconfig cannot be used";
    throw new ApiError("signIn", `${what} for '${name}': ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

async function exchange<T>(
  server: string,
  request: ApiRequest,
  options: HttpOptions,
  read: (response: HttpResponse) => Promise<T>,
): Promise<T> {
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

function parse<T>(text: string, server: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError("refused", `${server} answered with something that is no JSON; is it a Kubernetes API server?`);
  }
}
