import { Uri, ViewColumn, window, workspace } from "vscode";
import { type DocumentPosition, goToSourceRequest, type PlaceInFile } from "../../../../server/src/protocol/origin";
import { renderedScheme } from "../../../../server/src/protocol/rendered";
import type { LanguageServer } from "../../languageClient";
import { select } from "./previewOverlay";

/** From a line of a rendered document to the line of a source file that its value comes from. */
export async function goToSource(server: LanguageServer): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.scheme !== renderedScheme) return;
  const { line, character } = editor.selection.active;
  const params: DocumentPosition = { uri: editor.document.uri.toString(), position: { line, character } };
  const place = await server.request<PlaceInFile | null>(goToSourceRequest, params);
  if (place === null) {
    window.setStatusBarMessage("No line of a source file stands for this one.", 5000);
    return;
  }
  const document = await workspace.openTextDocument(Uri.parse(place.uri, true));
  select(
    await window.showTextDocument(document, { viewColumn: columnFor(document.uri, editor.viewColumn) }),
    place.range,
  );
}

/** Where the source is already in sight, else beside the preview: the first column unless the preview itself is there. */
function columnFor(source: Uri, preview: ViewColumn | undefined): ViewColumn {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === source.toString());
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  return preview === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
}
