import type {
  Connection,
  Disposable,
  InitializeParams,
  InitializeResult,
  RemoteWorkspace,
  ServerCapabilities,
} from "vscode-languageserver";
import { CodeLensRefreshRequest, DidChangeWatchedFilesNotification, TextDocumentSyncKind } from "vscode-languageserver";
import type { FeatureContext } from "../analysis/feature";
import type { Finding } from "../analysis/finding";
import { createInspector } from "../analysis/inspector";
import { settingsPaths, withRepositorySettings } from "../analysis/repositorySettings";
import { createRuleTable } from "../analysis/ruleTable";
import { parseEditorSettings, type Settings } from "../analysis/settings";
import { toDiagnostic } from "../features/diagnostics";
import { ObservationStore } from "../observations/observations";
import type { Cancellation } from "../platform/cancellation";
import type { Clock } from "../platform/clock";
import type { FileSystem } from "../platform/fileSystem";
import type { Log } from "../platform/log";
import { joinPath } from "../platform/path";
import type { Programs } from "../platform/programs";
import { type ClusterObservation, observeNotification } from "../protocol/observe";
import { overlaysChangedNotification } from "../protocol/overlays";
import { previewStateNotification, renderedScheme } from "../protocol/rendered";
import { type InitializationOptions, trustNotification, yamlSyntaxNotification } from "../protocol/session";
import { createBuilds } from "../render/builds";
import type { SchemaBundle } from "../schema/bundle";
import { loadSchemaFolder } from "../workspace/schemaFolder";
import type { Snapshot } from "../workspace/snapshot";
import { Workspace } from "../workspace/workspace";
import { answer, attempt, toCancellation, toSignal } from "./boundary";
import { ClusterObserver } from "./clusterObserver";
import { DiagnosticsLoop } from "./diagnosticsLoop";
import { domains } from "./domains";
import { askConfiguration, noConfiguration, watchConfiguration } from "./editorConfiguration";
import { findFacts } from "./facts";
import { type AnyFeature, features } from "./features";
import { OpenDocuments } from "./openDocuments";
import { OutsideJobs } from "./outsideJobs";
import { Previews } from "./previews";
import type { CreateRegistry } from "./registryLookup";
import { toDocument, toPath, toRenderedUri, toUri } from "./uris";
import { watchersOf } from "./watchers";

/** What the server runs on. */
export interface ServerPorts {
  /** The connection must have the workspace features, above all `textDocumentContent`. */
  readonly connection: Connection & { readonly workspace: RemoteWorkspace };
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly log: Log;
  /** The schemas that the product brings along. */
  readonly bundle?: SchemaBundle | undefined;
  /** The programs of the machine, used only while the person trusts the workspace; absent in a browser. */
  readonly programs?: Programs | undefined;
  /** Container registries, asked only while the person trusts the workspace; absent in a browser. */
  readonly createRegistry?: CreateRegistry | undefined;
}

/** Wires the parts to a connection and starts to listen. */
export function startServer(ports: ServerPorts): void {
  new LanguageServer(ports).listen();
}

/** One session with one client. */
class LanguageServer {
  private readonly workspace: Workspace;
  private readonly builds;
  private readonly rules;
  private readonly previews: Previews;
  private readonly diagnostics: DiagnosticsLoop;
  private readonly documents: OpenDocuments;
  private readonly observations = new ObservationStore();
  private readonly observer: ClusterObserver;
  private readonly outside: OutsideJobs;
  private configuration = noConfiguration;
  private repositorySettings: { readonly snapshot: Snapshot; readonly settings: Settings } | undefined;
  private initial: InitializationOptions = {};
  private client: InitializeParams["capabilities"] = {};
  private folders: readonly string[] = [];
  /** What the client watches for us. */
  private watching: { readonly key: string; readonly registration: Promise<Disposable> } | undefined;
  /** The files of git when that was last looked at. */
  private gitFiles: readonly string[] | undefined;
  /** Resolves when the folders of the start are read. */
  private opened: Promise<void> = Promise.resolve();

  constructor(private readonly ports: ServerPorts) {
    const { clock, fileSystem, connection, log, bundle } = ports;
    this.rules = createRuleTable(domains, (code, error) => log.error(`the rule ${code} failed`, error));
    this.workspace = new Workspace({ fileSystem, findFacts, schemas: { bundle } });
    this.builds = createBuilds({ clock });
    this.previews = new Previews({
      workspace: this.workspace,
      builds: this.builds,
      clock,
      refresh: (uri) => attempt("refresh", log, () => connection.workspace.textDocumentContent.refresh(uri)),
      sendState: (state) => {
        attempt("preview state", log, () => connection.sendNotification(previewStateNotification, state));
        // The lens on line 1 says the same, and the text it stands on may not have changed.
        this.refreshLenses();
      },
    });
    this.diagnostics = new DiagnosticsLoop({
      workspace: this.workspace,
      builds: this.builds,
      inspector: createInspector(this.rules, this.builds, () => this.observations.current),
      rules: this.rules,
      clock,
      settings: (snapshot) => this.settingsOf(snapshot),
      shown: () => this.previews.roots(),
      publish: (path, findings) => this.publish(path, findings),
      changed: () => {
        attempt("notify", log, () => connection.sendNotification(overlaysChangedNotification));
        // What is rendered may name other images now.
        this.outside.rendered();
      },
      run: (work) => attempt("diagnostics", log, work),
    });
    this.documents = new OpenDocuments({
      fileChanged: (path, text) => this.workspace.setBuffer(path, text),
      fileClosed: (path) => attempt("close", log, () => this.workspace.closeBuffer(path)),
      renderedOpened: (root) => this.previews.opened(root),
      renderedClosed: (root) => this.previews.closed(root),
    });
    this.observer = new ClusterObserver({
      workspace: this.workspace,
      observations: this.observations,
      clock,
      applicationsChanged: () => {
        this.refreshLenses();
        this.diagnostics.observed();
        this.outside.applicationsChanged();
      },
    });
    this.outside = this.createOutside();
    this.workspace.onChange((change) => {
      this.outside.changed();
      // Each branch has a file of its own.
      if (this.gitFiles !== undefined && this.gitFiles !== this.workspace.gitFiles) {
        attempt("watch", log, () => this.watch());
      }
      attempt("previews", log, () => this.previews.changed());
      attempt("diagnostics", log, () => this.diagnostics.changed(change));
    });
  }

  private createOutside(): OutsideJobs {
    const { clock, log, fileSystem, programs, createRegistry } = this.ports;
    return new OutsideJobs({
      ...{ workspace: this.workspace, builds: this.builds, observations: this.observations },
      ...{ clock, log, fileSystem, programs, createRegistry },
      configuration: () => this.configuration,
      isTrusted: () => this.initial.trusted !== false,
      previews: () => this.previews.roots(),
      answered: () => attempt("outside", log, () => this.diagnostics.observed()),
      refreshLenses: () => this.refreshLenses(),
    });
  }

  listen(): void {
    const { connection, log } = this.ports;
    connection.onInitialize((parameters) => this.initialize(parameters));
    connection.onInitialized(() => {
      const started = this.start();
      this.opened = started.catch(() => {});
      attempt("initialized", log, () => started);
    });
    connection.onShutdown(() => {
      this.outside.stop();
      this.diagnostics.stop();
    });
    connection.onDidOpenTextDocument((event) => attempt("open", log, () => this.documents.open(event)));
    connection.onDidChangeTextDocument((event) => attempt("change", log, () => this.documents.change(event)));
    connection.onDidCloseTextDocument((event) => attempt("close", log, () => this.documents.close(event)));
    connection.onDidChangeWatchedFiles(({ changes }) =>
      attempt("watched files", log, () => {
        this.outside.saved();
        return this.workspace.refresh(changes.map(({ uri }) => toPath(uri)).filter((path) => path !== undefined));
      }),
    );
    connection.onDidChangeConfiguration(() => attempt("configuration", log, () => this.readSettings()));
    connection.onNotification(trustNotification, ({ trusted }: { trusted: boolean }) => {
      this.initial = { ...this.initial, trusted };
      this.outside.follow();
    });
    connection.onNotification(observeNotification, (news: ClusterObservation) =>
      attempt("observe", log, () => this.observer.observe(news)),
    );
    connection.onNotification(yamlSyntaxNotification, ({ elsewhere }: { elsewhere: boolean }) => {
      this.initial = { ...this.initial, yamlSyntaxElsewhere: elsewhere };
      this.diagnostics.republish();
    });
    connection.workspace.textDocumentContent.on(async ({ uri }) => {
      const document = toDocument(uri);
      if (document?.kind !== "rendered") return null;
      const text = await answer("content", log, "", () => this.previews.content(document.root));
      this.outside.rendered();
      return { text: typeof text === "string" ? text : "" };
    });
    for (const feature of features) this.register(feature);
    connection.listen();
  }

  private register(feature: AnyFeature): void {
    const { connection, log } = this.ports;
    connection.onRequest(feature.method, (parameters: unknown, token) =>
      answer(feature.method, log, feature.empty, async () => {
        if (feature.waitsForWorkspace) await this.opened;
        const context = this.contextFor(parameters, toCancellation(token));
        return feature.handle(parameters, { ...context, signal: toSignal(token) });
      }),
    );
  }

  private contextFor(parameters: unknown, cancellation: Cancellation): FeatureContext {
    const { snapshot } = this.workspace;
    return {
      snapshot,
      document: documentOf(parameters),
      domains,
      builds: this.builds,
      shownBuild: (root) => this.previews.shown(root),
      settings: this.settingsOf(snapshot),
      observations: this.observations.current,
      rules: this.rules,
      committed: this.outside.committed,
      registry: this.outside.registry,
      signIn: this.outside.signIn,
      latest: () => this.observations.current,
      load: (paths) => this.workspace.load(paths),
      cancellation,
      giveWay: () => this.ports.clock.yield(),
      plainText: this.client.textDocument?.completion?.completionItem?.snippetSupport !== true,
      findings: (path) => this.diagnostics.findings(path),
      toUri: (path) => this.documents.find(path)?.uri ?? toUri(path),
      toRenderedUri,
      fromUri: toDocument,
    };
  }

  private initialize(parameters: InitializeParams): InitializeResult {
    this.client = parameters.capabilities;
    this.initial = (parameters.initializationOptions ?? {}) as InitializationOptions;
    this.configuration = { ...noConfiguration, settings: parseEditorSettings(this.initial.settings) };
    const uris = parameters.workspaceFolders?.map(({ uri }) => uri) ?? (parameters.rootUri ? [parameters.rootUri] : []);
    this.folders = uris.map(toPath).filter((path) => path !== undefined);
    const capabilities: ServerCapabilities = Object.assign(
      {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          textDocumentContent: { schemes: [renderedScheme] },
        },
      },
      ...features.map((feature) => feature.capabilities),
    );
    return { capabilities, serverInfo: { name: "gitops-author" } };
  }

  private async start(): Promise<void> {
    const { connection, log } = this.ports;
    if (this.client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => toPath(uri)));
        const come = added.map(({ uri }) => toPath(uri)).filter((path) => path !== undefined);
        this.folders = [...this.folders.filter((folder) => !gone.has(folder)), ...come];
        attempt("folders", log, () => this.openFolders());
      });
    }
    attempt("watch settings", log, () => watchConfiguration(connection, this.client));
    await this.readSettings();
    await this.openFolders();
  }

  private async openFolders(): Promise<void> {
    // What changes while the folders are read must not be missed.
    if (this.watching === undefined) attempt("watch", this.ports.log, () => this.watch());
    await this.workspace.setFolders(this.folders);
    await this.workspace.load(settingsPaths(this.folders));
    attempt("watch", this.ports.log, () => this.watch());
  }

  /** Asks the client to watch files; what it watched before is let go when others are. */
  private async watch(): Promise<void> {
    const support = this.client.workspace?.didChangeWatchedFiles;
    if (!support?.dynamicRegistration) return;
    const { snapshot, gitFiles } = this.workspace;
    this.gitFiles = gitFiles;
    const watchers = watchersOf(snapshot, gitFiles, support.relativePatternSupport === true);
    const key = JSON.stringify(watchers);
    if (this.watching?.key === key) return;
    const before = this.watching?.registration;
    const registration = this.ports.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    this.watching = { key, registration };
    await registration;
    (await before)?.dispose();
  }

  private async readSettings(): Promise<void> {
    if (!this.client.workspace?.configuration) {
      this.outside.follow();
      return this.readSchemaFolder();
    }
    const asked = await askConfiguration(this.ports.connection);
    if (asked.key === this.configuration.key) return;
    this.configuration = asked;
    this.repositorySettings = undefined;
    this.outside.follow();
    await this.readSchemaFolder();
    this.diagnostics.changed({});
  }

  /** The folder of the settings is relative to the first folder of the workspace. */
  private async readSchemaFolder(): Promise<void> {
    const { schemasFolder } = this.configuration.settings;
    const [first] = this.folders;
    if (schemasFolder === undefined || first === undefined || this.initial.trusted === false) {
      if (this.workspace.hasSchemaFolder) this.workspace.setSchemas({ folder: undefined });
      return;
    }
    const folder = await loadSchemaFolder(this.ports.fileSystem, joinPath(first, schemasFolder));
    this.workspace.setSchemas({ folder });
  }

  private settingsOf(snapshot: Snapshot): Settings {
    if (this.repositorySettings?.snapshot !== snapshot) {
      this.repositorySettings = { snapshot, settings: withRepositorySettings(this.configuration.settings, snapshot) };
    }
    return this.repositorySettings.settings;
  }

  private refreshLenses(): void {
    if (this.client.workspace?.codeLens?.refreshSupport !== true) return;
    attempt("lenses", this.ports.log, () => this.ports.connection.sendRequest(CodeLensRefreshRequest.type));
  }

  private publish(path: string, findings: readonly Finding[]): void {
    const open = this.documents.find(path);
    const shown = this.initial.yamlSyntaxElsewhere
      ? findings.filter(({ code }) => !code.startsWith("yaml/"))
      : findings;
    const options = { toUri, rulesPage: this.initial.rulesPage };
    attempt("publish", this.ports.log, () =>
      this.ports.connection.sendDiagnostics({
        uri: open?.uri ?? toUri(path),
        ...(open === undefined ? {} : { version: open.version }),
        diagnostics: shown.map((finding) => toDiagnostic(finding, options)),
      }),
    );
  }
}

function documentOf(parameters: unknown): FeatureContext["document"] {
  const { textDocument } = (parameters ?? {}) as { readonly textDocument?: { readonly uri?: unknown } };
  return typeof textDocument?.uri === "string" ? toDocument(textDocument.uri) : undefined;
}
