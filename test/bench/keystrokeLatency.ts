import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";

/** What somebody types, and where it shows. */
export interface Typing {
  readonly server: string;
  readonly folder: string;
  /** The file that is edited. */
  readonly file: string;
  /** The text of each edit in turn; every one gives the file itself a finding. */
  readonly edit: (text: string, round: number) => string;
  /** The files that have findings after every second edit, and none after the others. */
  readonly elsewhere: readonly string[];
  readonly edits: number;
}

/** Milliseconds after a keystroke, one for each edit. */
export interface Latencies {
  /** Until the findings of the file itself have come, for the text with the keystroke. */
  readonly own: readonly number[];
  /** Until the findings of all other files have come. */
  readonly all: readonly number[];
}

/** Types into a file of a language server that runs as a process, and waits each time until all findings are there. */
export async function keystrokeLatency({ server, folder, file, edit, elsewhere, edits }: Typing): Promise<Latencies> {
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const uri = pathToFileURL(file).toString();
  const others = new Set(elsewhere.map((path) => pathToFileURL(path).toString()));
  const withFindings = new Set<string>();
  let ownVersion = 0;
  let heard = (): void => {};
  connection.onNotification("textDocument/publishDiagnostics", (published) => {
    if (published.uri === uri) ownVersion = published.version ?? 0;
    if (others.has(published.uri)) {
      if (published.diagnostics.length > 0) withFindings.add(published.uri);
      else withFindings.delete(published.uri);
    }
    heard();
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const until = (done: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      heard = () => {
        if (done()) resolve();
      };
      heard();
    });
  const workspaceFolders = [{ uri: pathToFileURL(folder).toString(), name: "bench" }];
  const start = { processId: process.pid, rootUri: null, workspaceFolders, capabilities: {} };
  await connection.sendRequest("initialize", start);
  await connection.sendNotification("initialized", {});
  let text = readFileSync(file, "utf8");
  const send = async (round: number): Promise<void> => {
    text = edit(text, round);
    const contentChanges = [{ text }];
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: round },
      contentChanges,
    });
  };
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 0, text },
  });
  const latencies = { own: [] as number[], all: [] as number[] };
  for (let round = 1; round <= edits; round++) {
    const begin = performance.now();
    await send(round);
    await until(() => ownVersion === round);
    const own = performance.now() - begin;
    await until(() => withFindings.size === (round % 2 === 1 ? others.size : 0));
    // The first edits wait for the workspace to be read.
    if (round <= 2) continue;
    latencies.own.push(own);
    latencies.all.push(performance.now() - begin);
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
  return latencies;
}
