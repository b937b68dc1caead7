import { environmentProxy, parseProxy, proxyVariable } from "../../../server/src/protocol/environmentProxy";
import { type HttpOptions, type HttpResponse, readLines, readText, sendHttp } from "../platform/http";
import { createAgent, dropAll, type HttpAgent } from "../platform/httpAgent";
import { runProgram } from "../platform/runProgram";
import { systemTrust } from "../platform/systemAuthorities";
import { proxyProtocols } from "../platform/tunnel";
import { onWakeUp } from "../platform/wakeUp";
import { ApiError, toStatusError } from "./apiError";
import { describeProvider, describeRefusal, explainFailure } from "./connectionFailure";
import type { ClusterContext } from "./kubeconfig";
import type { KubeObject } from "./kubeObject";
import { readBody } from "./readBody";
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
  /** How long the server may take until it begins to answer, in milliseconds. */
  readonly timeout?: number;
  /** How long it may take between two pieces of the answer; the same when absent. */
  readonly silence?: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears of what the server warns of in its answer, for example a deprecated version. */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** Hears that the server took the call and begins to answer, before any of the answer is there. */
  readonly onBegin?: (() => void) | undefined;
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
  let agent: HttpAgent | undefined;
  let calls = 0;
  const trust = systemTrust();
  // What was open before the machine slept is most likely dead, and would say so only after minutes.
  const forgetWakeUp = onWakeUp(() => agent !== undefined && dropAll(agent));

  const prepare = async (request: ApiRequest, credential: Credential | undefined): Promise<HttpOptions> => {
    const options = await identify(credential === undefined ? config : context.makeConfig(credential), context);
    agent ??= createAgent({ isPlain: isPlain(context), proxy: proxyOf(context), patience });
    // client-node makes an agent for each call; connections are only shared within one.
    return { ...options, ...(!isPlain(context) && trust(options)), agent, method: request.method ?? "GET" };
  };

  const send = async <T>(request: ApiRequest, read: Read<T>, mayTryAgain: boolean): Promise<T> => {
    const signal = AbortSignal.any([closed.signal, request.signal ?? closed.signal]);
    let credential: Credential | undefined;
    let options: HttpOptions | undefined;
    calls++;
    try {
      // Nobody is asked, and no program runs, for what is over already.
      signal.throwIfAborted();
      credential = await untilAborted(signIn?.get(), signal);
      options = await untilAborted(prepare(request, credential), signal);
      return await exchange(context.server, request, { ...options, signal }, read);
    } catch (error) {
      if (signal.aborted) throw new ApiError("cancelled", "The call was cancelled.");
      const failure = explainFailure(error, context, isWrite(request));
      if (failure.details.status !== 401) throw failure;
      if (credential !== undefined) signIn?.forget(credential);
      config = context.makeConfig();
      if (!mayTryAgain) throw describeRefusal(context, options?.cert as Buffer | undefined);
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
      forgetWakeUp();
      agent?.destroy();
    },
  };
}

function isPlain({ server }: ClusterContext): boolean {
  return server.startsWith("http:");
}

/** Asking what one may do, or what a write would do, is none. */
function isWrite({ method = "GET", path, query }: ApiRequest): boolean {
  const isReview = /^\/apis\/auth(entication|orization)\.k8s\.io\//.test(path);
  return method !== "GET" && !isReview && query?.["dryRun"] === undefined;
}

type Read<T> = (response: HttpResponse) => Promise<T>;

/** The certificates and tokens that a call shows; some are read from files. Throws an `ApiError` where nobody can sign in that way. */
async function identify(
  config: ReturnType<ClusterContext["makeConfig"]>,
  context: ClusterContext,
): Promise<HttpOptions> {
  const { name, impersonation } = context;
  const refusal = describeProvider(context);
  if (refusal !== undefined) throw refusal;
  const options: HttpOptions = {};
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    const message = `Signing in to '${name}' took more than ${signInPatience / 1000} s.`;
    timer = setTimeout(() => fail(new ApiError("signIn", message)), signInPatience);
  });
  try {
    await Promise.race([config.applyToHTTPSOptions(options), late]);
    const { Authorization: proof, ...others } = (options.headers ?? {}) as Readonly<Record<string, string>>;
    // A file with a token ends with a line break.
    options.headers = { ...others, ...impersonation, ...(proof !== undefined && { Authorization: proof.trim() }) };
    return options;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // What is no JSON is quoted in the error, and may be a token.
    const isQuoted = error instanceof SyntaxError;
    const told = String(error instanceof Error ? error.message : error).trim();
    const reason = isQuoted ? "what it names is no JSON." : told;
    throw new ApiError("signIn", `The kubeconfig cannot be used for '${name}': ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Where all calls go through: what the kubeconfig says, else what the environment does. It may hold a password: never to be quoted as a whole. */
function proxyOf({ server, proxy, name, file }: ClusterContext): URL | undefined {
  const address = proxy ?? environmentProxy(new URL(server), (variable) => process.env[variable]);
  if (address === undefined) return undefined;
  const url = parseProxy(address);
  if (url !== undefined && proxyProtocols.includes(url.protocol)) return url;
  const variable = `of the variable ${proxyVariable(new URL(server))}`;
  const where = proxy === undefined ? variable : `that proxy-url names for '${name}' in '${file}'`;
  const sample = "http://proxy.example.com:3128; https and socks5 are known too";
  throw new ApiError("signIn", `The proxy ${where} has no address like ${sample}.`);
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

async function exchange<T>(server: string, request: ApiRequest, options: HttpOptions, read: Read<T>): Promise<T> {
  const { path, query = {}, body, contentType = "application/json", accept = "application/json" } = request;
  const { timeout = patience, silence } = request;
  const url = new URL(server.replace(/\/$/, "") + path);
  for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = {
    ...(options.headers as Record<string, string> | undefined),
    accept,
    ...(content !== undefined && { "content-type": contentType, "content-length": content.length }),
  };
  const response = await sendHttp(url, { ...options, headers, timeout, silence }, content);
  const { statusCode = 0 } = response;
  for (const header of response.headersDistinct["warning"] ?? []) {
    for (const text of parseWarnings(header)) request.onWarning?.(text);
  }
  if (statusCode >= 200 && statusCode < 300) {
    request.onBegin?.();
    return await read(response);
  }
  const wait = Number(response.headers["retry-after"]);
  throw toStatusError(statusCode, await readText(response), Number.isFinite(wait) ? wait * 1000 : undefined);
}

/** The texts of a `Warning` header: `299 - "apps/v1beta1 is deprecated"`, maybe several behind each other (RFC 7234, 5.5). */
function parseWarnings(header: string): readonly string[] {
  return [...header.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text.replace(/\\(.)/g, "$1"));
}

/** Reads the answer as text, but for the items of a list that somebody takes. */
function readerOf({ onItem }: ApiRequest, server: string): Read<string> {
  const take = onItem && ((text: string): void => onItem(parse<KubeObject>(text, server)));
  return (response) => readBody(response, take);
}

function parse<T>(text: string, server: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError("refused", `${server} answered with something that is no JSON; is it a Kubernetes API server?`);
  }
}
