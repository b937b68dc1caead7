import { CancellationError, commands, type QuickPickItem, Range, Uri, WorkspaceEdit, window, workspace } from "vscode";
import {
  type RevertedFile,
  type RevertFiles,
  type RevertFilesParameters,
  revertFilesRequest,
} from "../../../../server/src/protocol/revertFiles";
import { type Application, type HistoryEntry, sourcesOf } from "../../cluster/argocd/application";
import type { LanguageServer } from "../../languageClient";
import { cannotEdit } from "../../platform/fileEdits";
import { untilAborted, withProgress } from "../../platform/progress";
import { describeFile } from "./revertWords";

/**
 * Makes the files of an Application in the work tree what they were at an entry of its history: chosen ones, as one step that can be undone,
 * unsaved. Nothing is committed or pushed.
 */
export async function prepareRevert(
  server: LanguageServer,
  { metadata }: Application,
  entry: HistoryEntry,
): Promise<void> {
  const revisions = entry.revisions ?? [entry.revision];
  const parameters: RevertFilesParameters = {
    parts: sourcesOf(entry).map((source, i) => ({ source, revision: revisions[i] ?? "" })),
  };
  const plan = await withProgress(`Reading what ${metadata.name} was`, (signal) =>
    untilAborted(server.request<RevertFiles>(revertFilesRequest, parameters), signal),
  );
  if (plan.files.length === 0) throw new Error([...plan.notes, "No file would change."].join(" "));
  const files = await chooseFiles(plan, `Revert ${metadata.name}`);
  await applyFiles(files);
  const open = "Open Source Control";
  const [what, them] = files.length === 1 ? ["1 file is", "it"] : [`${files.length} files are`, "them"];
  const text = `${what} as before, not saved yet. Look at ${them}, then save, commit and push.`;
  void window.showInformationMessage(text, open).then((choice) => {
    if (choice === open) void commands.executeCommand("workbench.view.scm");
  });
}

/** All are chosen at first, but those that other overlays share too. */
async function chooseFiles({ files, commits, notes }: RevertFiles, title: string): Promise<readonly RevertedFile[]> {
  const items = files.map((file): QuickPickItem & { readonly file: RevertedFile } => {
    const { label, description, detail } = describeFile(file);
    return { label, description, detail, picked: file.sharedWith.length === 0, file };
  });
  const taken = commits.length === 0 ? "" : `Takes back: ${commits.join("; ")}`;
  const placeHolder = [taken, ...notes].filter(Boolean).join(". ") || "The files that become what they were";
  const options = { title, placeHolder, canPickMany: true as const, ignoreFocusOut: true };
  const chosen = await window.showQuickPick(items, options);
  if (chosen === undefined) throw new CancellationError();
  if (chosen.length === 0) throw new Error("No file was chosen, so nothing was changed.");
  return chosen.map(({ file }) => file);
}

async function applyFiles(files: readonly RevertedFile[]): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { uri, text, change } of files) {
    const file = Uri.parse(uri, true);
    if (change === "deleted") edit.deleteFile(file);
    else if (change === "restored") {
      // Where a file came to be in the meantime nothing is changed.
      edit.createFile(file);
      edit.insert(file, new Range(0, 0, 0, 0).start, text);
    } else {
      const document = await workspace.openTextDocument(file);
      edit.replace(file, new Range(0, 0, document.lineCount, 0), text);
    }
  }
  if (!(await workspace.applyEdit(edit))) throw new Error(cannotEdit);
}
