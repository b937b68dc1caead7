import { Range, Uri, WorkspaceEdit, workspace } from "vscode";
import type { FileEdits } from "../../../server/src/protocol/newObjects";

/** VS Code does not say more; its own messages may. */
export const cannotEdit =
  "Nothing was changed: a file could not be written, or one of that name is there by now. Look at it and try again.";

/**
 * Changes files as one step that can be undone. The texts stay unsaved, so that people look at them first. Rejects when VS Code cannot do it, for
 * example because a file is read-only.
 */
export async function applyFileEdits({ creates, changes }: FileEdits): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { uri, text } of creates) {
    const file = Uri.parse(uri, true);
    // Where a file came to be in the meantime nothing is changed.
    edit.createFile(file);
    edit.insert(file, new Range(0, 0, 0, 0).start, text);
  }
  for (const { uri, range, text } of changes) {
    const { start, end } = range;
    edit.replace(Uri.parse(uri, true), new Range(start.line, start.character, end.line, end.character), text);
  }
  if (!(await workspace.applyEdit(edit))) throw new Error(cannotEdit);
}
