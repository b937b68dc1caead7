import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { renderedPath, renderedScheme } from "../../server/src/protocol/rendered";
import { median } from "./measure";

/**
 * How long the open preview of an overlay takes to follow an edit: from the change notification until the refreshed text, which
 * shows the edit, has arrived. The median in milliseconds, through a real server process over stdio.
 */
export async function previewLatency(server: string, root: string, edits: number): Promise<number> {
  const file = join(root, "kustomization.yaml");
  const uri = pathToFileURL(file).toString();
  const rendered = `${renderedScheme}:${renderedPath(root)}`;
  const original = readFileSync(file, "utf8");
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let refreshed: () => void = () => {};
  connection.onRequest("workspace/textDocumentContent/refresh", () => {
    refreshed();
    return null;
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const content = async (): Promise<string> => {
    const { text } = await connection.sendRequest<{ text: string }>("workspace/textDocumentContent", { uri: rendered });
    return text;
  };

  const workspaceFolders = [{ uri: pathToFileURL(root).toString(), name: "example" }];
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders,
    capabilities: {},
  });
  await connection.sendNotification("initialized", {});
  const textDocument = { uri, languageId: "yaml", version: 1, text: original };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  await content();

  const taken: number[] = [];
  for (let edit = 1; edit <= edits; edit++) {
    const mark = `typed-${edit}`;
    const text = original.replace(/APP_GREETING=.*/, `APP_GREETING=${mark}`);
    const start = performance.now();
    const isRefreshed = new Promise<void>((resolve) => {
      refreshed = resolve;
    });
    const change = { textDocument: { uri, version: edit + 1 }, contentChanges: [{ text }] };
    await connection.sendNotification("textDocument/didChange", change);
    await isRefreshed;
    if (!(await content()).includes(mark)) throw new Error("the refreshed preview does not show the edit");
    taken.push(performance.now() - start);
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
  return median(taken);
}
