import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { positionAt } from "../../server/src/yaml/source";

/** How long an answer may take, in milliseconds. */
const patience = 60_000;

/** A server to measure. */
export interface MeasuredServer {
  /** The program that Node runs, with its arguments. */
  readonly command: readonly string[];
  readonly folder: string;
  /** What the client answers when the server asks for a section of its settings. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Someone who types into one file of a language server that runs as a process, and looks at what comes back. */
export class Typist {
  private text = "";
  private version = 0;
  private diagnostics: readonly Diagnostic[] = [];
  private heard: () => void = () => {};

  private constructor(
    private readonly uri: string,
    private readonly connection: ProtocolConnection,
    private readonly server: ChildProcess,
  ) {}

  /** Starts a server, opens the file and waits until its diagnostics have come. */
  static async start({ command, folder, settings }: MeasuredServer, path: string): Promise<Typist> {
    const server = spawn(process.execPath, [...command], { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const typist = new Typist(pathToFileURL(path).toString(), connection, server);
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      if (uri !== typist.uri) return;
      typist.diagnostics = diagnostics;
      typist.heard();
    });
    connection.onRequest("workspace/configuration", ({ items }) =>
      items.map(({ section }: { section?: string }) => settings[section ?? ""] ?? null),
    );
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("workspace/codeLens/refresh", () => null);
    connection.listen();
    const uri = pathToFileURL(folder).toString();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "bench" }],
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { completion: { completionItem: { snippetSupport: true } } },
      },
    });
    await connection.sendNotification("initialized", {});
    await typist.open(readFileSync(path, "utf8"));
    return typist;
  }

  private async open(text: string): Promise<void> {
    this.text = text;
    const textDocument = { uri: this.uri, languageId: "yaml", version: ++this.version, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Puts `after` in the place of `before`, which stands at `start`. */
  async type(start: number, before: string, after: string): Promise<void> {
    const { uri, text } = this;
    const file = { path: uri, text };
    const range = { start: positionAt(file, start), end: positionAt(file, start + before.length) };
    this.text = text.slice(0, start) + after + text.slice(start + before.length);
    const textDocument = { uri, version: ++this.version };
    const contentChanges = [{ range, text: after }];
    await this.connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
  }

  /** Waits until what is wrong with the file is what `isExpected` says; throws when that does not come. */
  async until(isExpected: (messages: readonly string[]) => boolean): Promise<void> {
    const messages = (): readonly string[] =>
      this.diagnostics.map(({ message }) => (typeof message === "string" ? message : message.value));
    if (isExpected(messages())) return;
    await new Promise<void>((resolve, reject) => {
      const late = (): void => reject(new Error(`the diagnostics stayed ${JSON.stringify(messages().slice(0, 5))}`));
      const timer = setTimeout(late, patience);
      this.heard = () => {
        if (!isExpected(messages())) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** The labels that completion offers at an offset. */
  async complete(offset: number): Promise<readonly string[]> {
    const position = positionAt({ path: this.uri, text: this.text }, offset);
    type List = readonly { readonly label: string }[];
    const parameters = { textDocument: { uri: this.uri }, position };
    const answer = await this.connection.sendRequest<List | { readonly items: List } | null>(
      "textDocument/completion",
      parameters,
    );
    return (answer === null ? [] : "items" in answer ? answer.items : answer).map(({ label }) => label);
  }

  /** The memory that the server holds now, in MiB; `NaN` where the system does not tell (only Linux does). */
  memory(): number {
    try {
      const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.server.pid}/status`, "utf8"))?.[1];
      return Number(kibibytes) / 1024;
    } catch {
      return Number.NaN;
    }
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    await this.connection.sendNotification("exit");
    await ended;
    this.connection.dispose();
  }
}
