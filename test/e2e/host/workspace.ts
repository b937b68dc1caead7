import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import {
  commands,
  type Diagnostic,
  type Event,
  extensions,
  languages,
  type Position,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";

/** The identifier of this extension. */
export const extensionId = "gitops-author.gitops-author";

/** The URI of a file of the open folder, by its path in it. */
export function fileUri(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert(folder, "a folder is open");
  return Uri.joinPath(folder.uri, path);
}

export async function openFile(path: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument(fileUri(path)), { preview: false });
}

/** Waits until `check` holds, looking again after each of the events, and every 100 ms for what has none. The test's own time limit ends it otherwise. */
export function until<T>(check: () => T | undefined | false, ...events: readonly Event<unknown>[]): Promise<T> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = check();
      if (found === undefined || found === false) return;
      for (const each of subscriptions) each.dispose();
      clearInterval(interval);
      resolve(found);
    };
    const subscriptions = events.map((event) => event(look));
    const interval = setInterval(look, 100);
    look();
  });
}

/** Waits for a diagnostic with a code on a file. */
export function untilDiagnostic(uri: Uri, code: string): Promise<Diagnostic> {
  const find = (): Diagnostic | undefined => languages.getDiagnostics(uri).find((each) => codeOf(each) === code);
  return until(find, languages.onDidChangeDiagnostics);
}

export async function untilNoDiagnostics(uri: Uri): Promise<void> {
  await until(() => languages.getDiagnostics(uri).length === 0, languages.onDidChangeDiagnostics);
}

export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Waits until a document's text, which may change at any time, satisfies a condition. */
export async function untilText(document: TextDocument, condition: (text: string) => boolean): Promise<void> {
  await until(() => condition(document.getText()), workspace.onDidChangeTextDocument);
}

/** Where a text stands in a document, the first time. */
export function rangeOf(document: TextDocument, text: string): Range {
  const start = document.getText().indexOf(text);
  assert(start >= 0, `${document.uri.path} holds ${text}`);
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Replaces a text in an editor without saving. */
export async function replace(editor: TextEditor, text: string, by: string): Promise<void> {
  const range = rangeOf(editor.document, text);
  assert(await editor.edit((edit) => edit.replace(range, by)));
}

export function putCursor(editor: TextEditor, text: string): Position {
  const { start } = rangeOf(editor.document, text);
  editor.selection = new Selection(start, start);
  return start;
}

/** Opens the preview of the active editor and waits for its text. */
export async function openPreview(name: string): Promise<TextEditor> {
  await commands.executeCommand("gitopsAuthor.previewOverlay");
  const find = (): TextEditor | undefined =>
    window.visibleTextEditors.find(({ document }) => document.uri.path.endsWith(`/${name}.rendered.yaml`));
  const editor = await until(find, window.onDidChangeVisibleTextEditors);
  await untilText(editor.document, (text) => text !== "");
  return editor;
}

/** Puts everything back that a test changed in editors. */
export async function closeAll(): Promise<void> {
  for (const document of workspace.textDocuments) {
    if (!document.isDirty || workspace.getWorkspaceFolder(document.uri) === undefined) continue;
    await window.showTextDocument(document);
    await commands.executeCommand("workbench.action.files.revert");
  }
  await commands.executeCommand("workbench.action.closeAllEditors");
}

/** The processes that this extension host started and that still run. */
export function childProcesses(): readonly { readonly id: number; readonly command: string }[] {
  return listProcesses().flatMap((line) => {
    const [, id, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid ? [{ id: Number(id), command }] : [];
  });
}

/** A line for each process: its id, its parent's id, its command. */
function listProcesses(): readonly string[] {
  // A small Debian has no `ps`; what it would read is there all the same.
  if (!existsSync("/proc/self/stat")) {
    return execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  }
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      const [, parent] = readFileSync(`/proc/${id}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return [`${id} ${parent} ${readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ")}`];
    } catch {
      // It ended while the list was made.
      return [];
    }
  });
}

/** The extension, active. */
export async function activeExtension(): Promise<void> {
  const extension = extensions.getExtension(extensionId);
  assert(extension, "the extension is installed");
  await extension.activate();
}
