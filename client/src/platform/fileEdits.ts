import { Range, Uri, WorkspaceEdit, workspace } from "vscode";
import type { FileEdits } from "../../../server/src/protocol/newObjects";

/**
 * Changes files as one step that can be undone. The texts stay unsaved, so that people look at them first. Rejects when VS Code cannot do it, for
 * example because a file is read-only.
 */
export async function applyFileEdits({ creates, changes }: FileEdits): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { uri, text } of creates) {
    const file = Uri.parse(uri, true);
    edit.createFile(file, { ignoreIfExists: true });
    edit.insert(file, new Range(0, 0, 0, 0).start, text);
  }
  for (const { uri, range, text } of changes) {
    const { start, end } = range;
    edit.replace(Uri.parse(uri, true), new Range(start.line, start.character, end.line, end.character), text);
  }
  if (!(await workspace.applyEdit(edit))) throw new Error("The files could not be changed.");
}
