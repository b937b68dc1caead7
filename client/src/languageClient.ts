import {
  type Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  workspace,
} from "vscode";
import {
  type InitializationOptions,
  trustNotification,
  yamlSyntaxNotification,
} from "../../server/src/protocol/session";
import { readSettings } from "./configuration";
import type { ServerConnection } from "./serverConnection";

/** `idle`: nothing here needs it so far. `failed`: it could not be started, or ended too often. */
export type ServerState = "idle" | "starting" | "running" | "failed";

/** What the features need of the language server, whether it runs already or not. */
export interface LanguageServer {
  readonly state: ServerState;
  readonly onDidChangeState: Event<ServerState>;
  /** Starts it unless it runs. Rejects with the reason when it cannot be started. */
  start(): Promise<void>;
  /** Asks the server, after starting it when necessary. The signal tells it that nobody wants the answer any more. */
  request<R>(method: string, params?: unknown, signal?: AbortSignal): Promise<R>;
  /** Tells the server something, when it runs: who wants one that is started later to know tells it again then. */
  notify(method: string, params: unknown): void;
  /** `handler` hears of every notification of this name, across restarts. */
  onNotification<P>(method: string, handler: (params: P) => void): Disposable;
}

/** Starts, stops and restarts the language server, and remembers what it has to be told on each start. */
export class LanguageClient implements LanguageServer, Disposable {
  #state: ServerState = "idle";
  #connection: ServerConnection | undefined;
  #starting: Promise<ServerConnection> | undefined;
  #yamlSyntaxElsewhere = false;
  readonly #handlers = new Map<string, Set<(params: unknown) => void>>();
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #trust = workspace.onDidGrantWorkspaceTrust(() => this.notify(trustNotification, { trusted: true }));
  readonly onDidChangeState = this.#stateChanged.event;

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
  ) {}

  get state(): ServerState {
    return this.#state;
  }

  async start(): Promise<void> {
    await this.#connected();
  }

  /** Stops the server, however it fares, and starts a new one. Rejects when the new one cannot be started. */
  async restart(): Promise<void> {
    const old = this.#connection;
    this.#connection = undefined;
    this.#starting = undefined;
    // A server that hangs does not answer the request to stop; the new one must not wait for it.
    await old
      ?.stop()
      .catch((error: unknown) => this.log.warn("The language server did not stop in time:", String(error)));
    old?.dispose();
    await this.#connected();
  }

  async request<R>(method: string, params?: unknown, signal?: AbortSignal): Promise<R> {
    return (await this.#connected()).request<R>(method, params, signal);
  }

  notify(method: string, params: unknown): void {
    if (this.#state !== "running") return;
    this.#connection?.notify(method, params).catch((error: unknown) => this.log.warn(`${method}:`, String(error)));
  }

  onNotification<P>(method: string, handler: (params: P) => void): Disposable {
    const listen = (params: unknown): void => handler(params as P);
    const handlers = this.#handlers.get(method);
    if (handlers !== undefined) {
      handlers.add(listen);
    } else {
      this.#handlers.set(method, new Set([listen]));
      if (this.#connection !== undefined) this.#forward(this.#connection, method);
    }
    return { dispose: () => this.#handlers.get(method)?.delete(listen) };
  }

  /** Tells the server, now and on each start, whether another extension reports the syntax errors of plain YAML. */
  setYamlSyntaxElsewhere(elsewhere: boolean): void {
    this.#yamlSyntaxElsewhere = elsewhere;
    this.notify(yamlSyntaxNotification, { elsewhere });
  }

  dispose(): void {
    this.#trust.dispose();
    this.#stateChanged.dispose();
    this.#connection?.dispose();
  }

  async #connected(): Promise<ServerConnection> {
    this.#starting ??= this.#connect();
    return this.#starting;
  }

  async #connect(): Promise<ServerConnection> {
    this.#become("starting");
    try {
      const { createConnection } = await import("./serverConnection");
      const connection = createConnection({
        module: this.context.asAbsolutePath("dist/server.cjs"),
        log: this.log,
        rulesPage: this.#rulesPage,
        initializationOptions: () => this.#initializationOptions(),
        onState: (state) => this.#become(state),
        onGivenUp: () => this.#fail(),
      });
      this.#connection = connection;
      for (const method of this.#handlers.keys()) this.#forward(connection, method);
      await connection.start();
      return connection;
    } catch (error) {
      this.#fail();
      throw error;
    }
  }

  #initializationOptions(): InitializationOptions {
    return {
      trusted: workspace.isTrusted,
      settings: readSettings(),
      yamlSyntaxElsewhere: this.#yamlSyntaxElsewhere,
      rulesPage: this.#rulesPage,
    };
  }

  get #rulesPage(): string {
    return Uri.joinPath(this.context.extensionUri, "docs/rules.md").toString();
  }

  #forward(connection: ServerConnection, method: string): void {
    connection.onNotification(method, (params) => {
      for (const handler of this.#handlers.get(method) ?? []) handler(params);
    });
  }

  /** The next request tries a new server. */
  #fail(): void {
    this.#starting = undefined;
    this.#become("failed");
  }

  #become(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
