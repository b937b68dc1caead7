import type { Disposable, LogOutputChannel } from "vscode";
import {
  CancellationTokenSource,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import { renderedScheme } from "../../server/src/protocol/rendered";
import type { InitializationOptions } from "../../server/src/protocol/session";
import { configurationSection } from "./configuration";
import { productName } from "./platform/log";
import { readRulesPage } from "./rulesPage";
import { traceLog } from "./traceLog";

/**
 * The running language server. This module is a bundle of its own, loaded when the server is started for the first time:
 * it holds `vscode-languageclient`, which is most of the client's size.
 */
export interface ServerConnection extends Disposable {
  start(): Promise<void>;
  stop(): Promise<void>;
  request<R>(method: string, params: unknown, signal?: AbortSignal): Promise<R>;
  notify(method: string, params: unknown): Promise<void>;
  onNotification(method: string, handler: (params: unknown) => void): Disposable;
}

export interface ConnectionOptions {
  /** The server's JavaScript file. */
  readonly module: string;
  readonly log: LogOutputChannel;
  /** URI of the page that documents the rules. */
  readonly rulesPage: string;
  /** Asked on each start. */
  readonly initializationOptions: () => InitializationOptions;
  /** Called on the first start and on each restart after a crash. */
  readonly onState: (state: "starting" | "running") => void;
  /** The server ended so often in a short time that it is not started again. */
  readonly onGivenUp: () => void;
}

/** Restarts allowed within `restartWindow`; after that something is wrong that a restart does not cure. */
const restartLimit = 4;
const restartWindow = 3 * 60 * 1000;

/** Besides YAML, the languages of files that generators and patches read: their unsaved text counts in a preview too. */
const languages = ["yaml", "json", "jsonc", "properties", "ini", "dotenv", "plaintext"];

/** Prepares a connection; `start` makes it. */
export function createConnection(options: ConnectionOptions): ServerConnection {
  const { log, module } = options;
  const rulesPage = readRulesPage(options.rulesPage);
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [...languages.map((language) => ({ scheme: "file", language })), { scheme: renderedScheme }],
    outputChannel: log,
    traceOutputChannel: traceLog(log),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: options.initializationOptions,
    errorHandler: errorHandler(options),
    markdown: { supportThemeIcons: true },
    middleware: {
      handleDiagnostics: (uri, diagnostics, show) => {
        void rulesPage.then((page) => {
          page.link(diagnostics);
          show(uri, diagnostics);
        });
      },
    },
  };
  const client = new LanguageClient(configurationSection, productName, server, clientOptions);
  const states = client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) options.onState("starting");
    if (newState === State.Running) options.onState("running");
  });
  return {
    start: () => client.start(),
    stop: () => client.stop(),
    request: (method, params, signal) => {
      if (signal === undefined) return client.sendRequest(method, params);
      const source = new CancellationTokenSource();
      signal.addEventListener("abort", () => source.cancel(), { once: true });
      return client.sendRequest(method, params, source.token);
    },
    notify: (method, params) => client.sendNotification(method, params),
    onNotification: (method, handler) => client.onNotification(method, handler),
    dispose: () => {
      states.dispose();
      void client.dispose();
    },
  };
}

function errorHandler({ log, onGivenUp }: ConnectionOptions): ErrorHandler {
  const ends: number[] = [];
  return {
    error: (error, _message, count) => {
      log.error("The connection to the language server:", error);
      return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
    },
    closed: () => {
      const now = Date.now();
      ends.push(now);
      while ((ends[0] ?? now) < now - restartWindow) ends.shift();
      if (ends.length <= restartLimit) {
        log.warn("The language server ended unexpectedly and is started again.");
        return { action: CloseAction.Restart, handled: true };
      }
      log.error(`The language server ended ${ends.length} times within ${restartWindow / 60_000} minutes.`);
      onGivenUp();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
