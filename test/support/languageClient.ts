import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import {
  createProtocolConnection,
  type Diagnostic,
  type FileSystemWatcher,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { type OverlayGraph, overlaysChangedNotification, overlaysRequest } from "../../server/src/protocol/overlays";
import {
  type PreviewState,
  previewStateNotification,
  renderedPath,
  renderedScheme,
} from "../../server/src/protocol/rendered";

import { positionAt } from "../../server/src/yaml/source";

/** How long the tests wait for something that must come. */
const patience = 90_000;

/** What the client answers to `workspace/configuration`. */
export interface SettingsOfClient {
  /** For our own section. */
  readonly configuration?: unknown;
  /** For the section `http` of VS Code. */
  readonly http?: unknown;
}

export interface ClientOptions extends SettingsOfClient {
  readonly folders: readonly string[];
  /** Arguments before `--stdio`. */
  readonly words?: readonly string[];
  readonly initializationOptions?: unknown;
}

/** An editor without a window: speaks to the real server process over standard input and output. */
export class LanguageTestClient {
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly states: PreviewState[] = [];
  readonly refreshed: string[] = [];
  /** What the server wrote to its log; it writes there when something failed. */
  readonly log: string[] = [];
  /** Sections of the settings of whose changes it wants to hear. */
  private followed: readonly string[] = [];
  private settings: SettingsOfClient = {};
  private readonly watched = new Map<string, readonly FileSystemWatcher[]>();
  private graphChanges = 0;
  private readonly versions = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  initialized: InitializeResult | undefined;

  private constructor(
    readonly connection: ProtocolConnection,
    readonly server: ChildProcess,
  ) {}

  /** Starts the server at `module` and opens folders; it is stopped when the test is over. */
  static async start(module: string, options: ClientOptions): Promise<LanguageTestClient> {
    const server = spawn(process.execPath, [module, ...(options.words ?? []), "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const client = new LanguageTestClient(connection, server);
    onTestFinished(() => client.stop());
    client.listen(options);
    await client.initialize(options);
    return client;
  }

  /** What the server wants to be told of: patterns in the folders, else with the directory before them. */
  watchedPatterns(): readonly string[] {
    return [...this.watched.values()].flat().map(({ globPattern }) => {
      if (typeof globPattern === "string") return globPattern;
      const { baseUri, pattern } = globPattern;
      return `${fileURLToPath(typeof baseUri === "string" ? baseUri : baseUri.uri)}/${pattern}`;
    });
  }

  open(path: string, text = readFileSync(path, "utf8")): void {
    const uri = uriOf(path);
    this.versions.set(uri, 1);
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  }

  /** Replaces the first `before` in the open text, as typing would; gives the text after it. */
  edit(path: string, text: string, before: string, after: string): string {
    return this.replace(path, text, { start: text.indexOf(before), before, after });
  }

  /** Replaces `before`, which stands at `start`. */
  replace(path: string, text: string, edit: { start: number; before: string; after: string }): string {
    const { start, before, after } = edit;
    const uri = uriOf(path);
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    const file = { path, text };
    const range = { start: positionAt(file, start), end: positionAt(file, start + before.length) };
    this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text: after }] });
    return text.slice(0, start) + after + text.slice(start + before.length);
  }

  close(path: string): void {
    this.notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
  }

  changedOnDisk(...paths: readonly string[]): void {
    this.notify("workspace/didChangeWatchedFiles", { changes: paths.map((path) => ({ uri: uriOf(path), type: 2 })) });
  }

  request<T>(method: string, parameters: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, parameters);
  }

  notify(method: string, parameters: unknown): void {
    void this.connection.sendNotification(method, parameters);
  }

  /** Opens the rendered document of a root, as an editor does, and gives its text. */
  async preview(root: string): Promise<string> {
    const { text } = await this.request<{ text: string }>("workspace/textDocumentContent", { uri: renderedUri(root) });
    return text;
  }

  /** The codes that a file shows, once `done` holds for them. */
  async codes(path: string, done: (codes: readonly string[]) => boolean): Promise<readonly string[]> {
    const now = (): readonly string[] => (this.diagnostics.get(uriOf(path)) ?? []).map(({ code }) => String(code));
    await this.until(
      () => done(now()),
      () => `the codes of ${path} stayed ${JSON.stringify(now())}`,
    );
    return now();
  }

  /** Waits until `done` holds; looks again whenever the server said something. */
  async until(done: () => boolean, otherwise: () => string): Promise<void> {
    if (done()) return;
    await new Promise<void>((resolve, reject) => {
      const listener = (): void => {
        if (!done()) return;
        clearTimeout(timer);
        this.listeners.delete(listener);
        resolve();
      };
      const timer = setTimeout(() => {
        this.listeners.delete(listener);
        reject(new Error(otherwise()));
      }, patience);
      this.listeners.add(listener);
    });
  }

  /** Asks for the overlay graph until `done` holds for it; asks again whenever the server says that it changed. */
  async untilGraph(done: (graph: OverlayGraph) => boolean): Promise<void> {
    let graph = await this.request<OverlayGraph>(overlaysRequest, null);
    while (!done(graph)) {
      const seen = this.graphChanges;
      await this.until(
        () => this.graphChanges > seen,
        () => `the graph stayed ${JSON.stringify(graph.kustomizations.map(({ label }) => label))}`,
      );
      graph = await this.request<OverlayGraph>(overlaysRequest, null);
    }
  }

  async stop(): Promise<void> {
    if (this.server.exitCode === null) {
      await this.request("shutdown", undefined);
      const ended = new Promise((resolve) => this.server.once("exit", resolve));
      this.notify("exit", undefined);
      await ended;
    }
    this.connection.dispose();
  }

  /** The person changes settings: who asked to hear of it, as with VS Code, does. */
  changeSettings(settings: SettingsOfClient): void {
    this.settings = { ...this.settings, ...settings };
    const sections = [settings.configuration && "gitopsAuthor", settings.http && "http"];
    if (!sections.some((each) => this.followed.includes(String(each)))) return;
    this.notify("workspace/didChangeConfiguration", { settings: null });
  }

  private listen({ configuration, http }: ClientOptions): void {
    this.settings = { configuration, http };
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      this.diagnostics.set(uri, diagnostics);
      this.tell();
    });
    connection.onNotification(previewStateNotification, (state: PreviewState) => {
      this.states.push(state);
      this.tell();
    });
    connection.onNotification("window/logMessage", ({ message }) => {
      this.log.push(message);
    });
    connection.onNotification(overlaysChangedNotification, () => {
      this.graphChanges++;
      this.tell();
    });
    connection.onRequest("workspace/textDocumentContent/refresh", ({ uri }) => {
      this.refreshed.push(uri);
      this.tell();
      return null;
    });
    connection.onRequest("workspace/configuration", ({ items }) =>
      items.map(
        ({ section }: { section?: string }) =>
          (section === "http" ? this.settings.http : this.settings.configuration) ?? null,
      ),
    );
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      for (const { id, method, registerOptions } of registrations) {
        if (method === "workspace/didChangeConfiguration") this.followed = registerOptions.section;
        else this.watched.set(id, registerOptions?.watchers ?? []);
      }
      this.tell();
      return null;
    });
    connection.onRequest("client/unregisterCapability", ({ unregisterations }) => {
      for (const { id } of unregisterations) this.watched.delete(id);
      this.tell();
      return null;
    });
    connection.listen();
  }

  private async initialize({ folders, initializationOptions, configuration }: ClientOptions): Promise<void> {
    this.initialized = await this.request<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
      initializationOptions,
      capabilities: {
        workspace: {
          workspaceFolders: true,
          configuration: configuration !== undefined,
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
      },
    });
    this.notify("initialized", {});
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** The `file:` URI of a path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).toString();
}

/** The URI of the rendered document of a root. */
export function renderedUri(root: string): string {
  return `${renderedScheme}:${renderedPath(root)}`;
}
