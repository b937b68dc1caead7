import { createServer, type IncomingMessage, type RequestListener, type ServerResponse, STATUS_CODES } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Application } from "../../client/src/cluster/argocd/application";

/**
 * Not an Argo CD: a server of ours that keeps the contract of one, so that a client can be tried without. Paths, methods, parameters, bodies and
 * status codes are those of argo-cd's `assets/swagger.json`; what it does with Applications is only as much as the tests look at.
 */
export interface ContractServer {
  readonly url: string;
  /** Every request that changed something, as it came: `POST /api/v1/applications/book-dev/sync`. */
  readonly deeds: readonly {
    readonly deed: string;
    readonly query: Readonly<Record<string, string>>;
    readonly body: unknown;
  }[];
  /** How many streams are open. */
  readonly streams: number;
  /** How many lists were asked for. */
  readonly lists: number;
  /** Puts an Application there, and tells the streams of it. */
  put(application: Application): void;
  remove(name: string): void;
  /** Gives an Application a resource tree, and tells the streams of it. */
  putTree(name: string, nodes: readonly object[]): void;
  /** Tokens count, or not any more. */
  accept(token: string, isRight: boolean): void;
  /** What the owner of the token may not do: `sync`, `delete`. */
  forbid(...actions: readonly string[]): void;
  /** A window of the project holds syncs back, or not any more. */
  holdBack(isHeld: boolean): void;
  /** Comparisons with Git take longer than anybody waits, or are done at once. */
  compareSlowly(isSlow: boolean): void;
  /** Ends all streams as a restart would. */
  cut(): void;
  /** Answers every call with this status from now on; with none, as it should. */
  fail(status?: number): void;
  close(): Promise<void>;
}

export interface ContractServerOptions {
  /** Serves HTTPS with them. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly token?: string;
  /** Where it is served, for example `/argo`; anything else is a page for people. */
  readonly rootPath?: string;
}

/** Starts one on loopback. */
export async function startContractServer({
  tls,
  token = "token-of-ada",
  rootPath = "",
}: ContractServerOptions = {}): Promise<ContractServer> {
  const state = new State(token);
  const listener: RequestListener = (request, response) => {
    const { url = "/" } = request;
    if (url.startsWith(`${rootPath}/api/`)) {
      request.url = url.slice(rootPath.length);
      void answer(state, request, response);
    } else response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}${rootPath}`,
    get deeds() {
      return state.deeds;
    },
    get streams() {
      return state.streams.size;
    },
    get lists() {
      return state.lists;
    },
    put: (application) => state.put(application),
    remove: (name) => state.remove(name),
    putTree: (name, nodes) => state.putTree(name, nodes),
    accept: (which, isRight) => void (isRight ? state.tokens.add(which) : state.tokens.delete(which)),
    forbid: (...actions) => {
      state.forbidden = new Set(actions);
    },
    holdBack: (isHeld) => {
      state.isHeldBack = isHeld;
    },
    compareSlowly: (isSlow) => {
      state.comparesSlowly = isSlow;
    },
    cut: () => state.cut(),
    fail: (status) => {
      state.failure = status;
      state.cut();
    },
    close: () =>
      new Promise((done) => {
        state.cut();
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

class State {
  readonly applications = new Map<string, Application>();
  readonly streams = new Set<ServerResponse>();
  readonly trees = new Map<string, readonly object[]>();
  /** By Application. */
  readonly treeStreams = new Map<ServerResponse, string>();
  readonly deeds: { deed: string; query: Record<string, string>; body: unknown }[] = [];
  readonly tokens: Set<string>;
  forbidden: ReadonlySet<string> = new Set();
  failure: number | undefined;
  isHeldBack = false;
  comparesSlowly = false;
  version = 100;
  lists = 0;

  constructor(token: string) {
    this.tokens = new Set([token]);
  }

  put(application: Application): Application {
    const { name } = application.metadata;
    const known = this.applications.has(name);
    const metadata = { uid: `uid-of-${name}`, ...application.metadata, resourceVersion: String(++this.version) };
    const now = { ...application, metadata };
    this.applications.set(name, now);
    this.tell(known ? "MODIFIED" : "ADDED", now);
    return now;
  }

  remove(name: string): void {
    const application = this.applications.get(name);
    if (application === undefined) return;
    this.applications.delete(name);
    this.tell("DELETED", application);
  }

  tell(type: string, application: Application): void {
    for (const stream of this.streams) stream.write(`${JSON.stringify({ result: { type, application } })}\n`);
  }

  putTree(name: string, nodes: readonly object[]): void {
    this.trees.set(name, nodes);
    for (const [stream, of] of this.treeStreams) if (of === name) this.tellTree(stream, name);
  }

  tellTree(stream: ServerResponse, name: string): void {
    stream.write(`${JSON.stringify({ result: { nodes: this.trees.get(name) ?? [] } })}\n`);
  }

  cut(): void {
    for (const stream of [...this.streams, ...this.treeStreams.keys()]) stream.destroy();
    this.streams.clear();
    this.treeStreams.clear();
  }
}

/** What the gateway of Argo CD answers for an error of gRPC. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const unauthenticated = new Refusal(401, 16, "no session information");
const denied = new Refusal(403, 7, "permission denied");

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const query = Object.fromEntries(searchParams);
  const body = await readBody(request).catch(() => undefined);
  // Who asked is gone.
  if (body === undefined) return;
  const deed = `${request.method} ${pathname}`;
  try {
    if (state.failure !== undefined) throw new Refusal(state.failure, 14, "unavailable");
    const result = route(state, { deed, request, response, query, body });
    if (result === undefined) return;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  } catch (error) {
    const { status, code, message } = error instanceof Refusal ? error : new Refusal(500, 13, String(error));
    const inStream = { grpc_code: code, http_code: status, message, http_status: STATUS_CODES[status] };
    const words = pathname.startsWith("/api/v1/stream/") ? { error: inStream } : { error: message, code, message };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(words));
  }
}

interface Call {
  readonly deed: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: Record<string, string>;
  readonly body: Record<string, unknown>;
}

/** The answer; nothing for a stream that goes on. */
function route(state: State, call: Call): unknown {
  const { deed, request, query, body } = call;
  if (deed === "POST /api/v1/session") return createSession(state, body);
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
  const isKnown = state.tokens.has(token);
  if (deed === "GET /api/v1/session/userinfo") return isKnown ? { loggedIn: true, username: "ada" } : {};
  if (!isKnown) throw unauthenticated;
  if (request.method !== "GET") state.deeds.push({ deed, query, body });
  if (deed === "GET /api/v1/applications") {
    state.lists++;
    return { metadata: { resourceVersion: String(state.version) }, items: [...state.applications.values()] };
  }
  if (deed === "GET /api/v1/stream/applications") return openStream(state, call);
  const question = /^GET \/api\/v1\/account\/can-i\/applications\/([^/]+)\/(.+)$/.exec(deed);
  if (question !== null) return canI(state, question[1] ?? "");
  const tree = /^GET \/api\/v1\/stream\/applications\/([^/]+)\/resource-tree$/.exec(deed);
  if (tree !== null) return openTreeStream(state, tree[1] ?? "", call.response);
  const named = /^([A-Z]+) \/api\/v1\/applications\/([^/]+)(\/[a-z-]+)?$/.exec(deed);
  if (named === null) throw new Refusal(404, 5, "Not Found");
  const [, method = "", name = "", sub = ""] = named;
  const application = state.applications.get(name);
  // So that nobody learns what there is.
  if (application === undefined) throw denied;
  return act(state, `${method} ${sub}`, application, call);
}

/** What the roles of Argo CD 3.5 know. */
const actions = ["get", "create", "update", "delete", "sync", "override", "action", "invoke"];

function canI(state: State, action: string): unknown {
  if (!actions.includes(action)) throw new Refusal(400, 3, `[${actions.join(" ")}] does not contain ${action}`);
  return { value: state.forbidden.has(action) ? "no" : "yes" };
}

function createSession(state: State, { username, password }: Record<string, unknown>): unknown {
  if (username !== "ada" || password !== "right") throw new Refusal(401, 16, "Invalid username or password");
  state.tokens.add("token-of-session");
  return { token: "token-of-session" };
}

function openStream(state: State, { response, query }: Call): undefined {
  response.writeHead(200, { "content-type": "application/json" });
  response.flushHeaders();
  state.streams.add(response);
  response.once("close", () => state.streams.delete(response));
  if (query["resourceVersion"]) return;
  for (const application of state.applications.values()) {
    response.write(`${JSON.stringify({ result: { type: "ADDED", application } })}\n`);
  }
}

function openTreeStream(state: State, name: string, response: ServerResponse): undefined {
  response.writeHead(200, { "content-type": "application/json" });
  state.treeStreams.set(response, name);
  response.once("close", () => state.treeStreams.delete(response));
  state.tellTree(response, name);
}

function act(state: State, what: string, application: Application, { query, body }: Call): unknown {
  const need = (action: string): void => {
    if (state.forbidden.has(action)) throw denied;
  };
  switch (what) {
    case "GET ": {
      need("get");
      if (query["refresh"] === undefined) return application;
      if (state.comparesSlowly) return undefined;
      return state.put({ ...application, status: { ...application.status, reconciledAt: query["refresh"] } });
    }
    case "POST /sync":
      if (state.isHeldBack) throw new Refusal(403, 7, "cannot sync: blocked by sync window");
      need("sync");
      if (application.operation !== undefined) throw new Refusal(400, 9, "another operation is already in progress");
      return state.put({ ...application, operation: { sync: { revision: String(body["revision"] ?? "") } } });
    case "POST /rollback":
      need("sync");
      if (application.status?.history?.every(({ id }) => id !== body["id"]) !== false) {
        throw new Refusal(
          400,
          3,
          `application ${application.metadata.name} does not have deployment with id ${body["id"]}`,
        );
      }
      return state.put({ ...application, operation: { sync: {} } });
    case "DELETE /operation": {
      need("sync");
      if (application.operation === undefined) {
        throw new Refusal(400, 3, "Unable to terminate operation. No operation is in progress");
      }
      const operationState = { ...application.status?.operationState, phase: "Terminating" as const };
      state.put({ ...application, status: { ...application.status, operationState } });
      return {};
    }
    case "PATCH ": {
      need("update");
      const { spec } = JSON.parse(String(body["patch"])) as Pick<Application, "spec">;
      const syncPolicy = { ...application.spec?.syncPolicy, ...spec?.syncPolicy };
      return state.put({ ...application, spec: { ...application.spec, syncPolicy } });
    }
    case "DELETE ":
      need("delete");
      state.remove(application.metadata.name);
      return {};
    case "GET /resource-tree":
      return { nodes: state.trees.get(application.metadata.name) ?? [] };
    case "GET /events":
      return { items: [{ metadata: { name: "event" }, reason: "Seen", message: JSON.stringify(query) }] };
    default:
      throw new Refusal(404, 5, "Not Found");
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += piece;
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
