import { Position, Selection, type TextEditor, TextEditorRevealType, Uri, ViewColumn, window, workspace } from "vscode";
import {
  type PlaceInFile,
  type RenderedPlacesParams,
  renderedPlacesRequest,
} from "../../../../server/src/protocol/origin";
import { type OverlayGraph, overlaysRequest } from "../../../../server/src/protocol/overlays";
import {
  type PreviewTarget,
  type PreviewTargetsParams,
  previewTargetsRequest,
  renderedScheme,
} from "../../../../server/src/protocol/rendered";
import type { LanguageServer } from "../../languageClient";
import { isKustomizationFile } from "../../ourDocuments";

/**
 * Opens the rendered document of an overlay beside its source.
 * @param argument a file (from an editor's title or the explorer), a row of the Overlays view, or nothing: the active editor
 */
export async function previewOverlay(server: LanguageServer, argument: unknown): Promise<void> {
  const source = sourceOf(argument);
  const rendered = renderedOf(argument) ?? (await pickTarget(server, source));
  if (rendered !== undefined) await showRendered(rendered);
}

/** Opens the preview and shows what the line under the cursor became. */
export async function showInPreview(server: LanguageServer): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme === renderedScheme) return;
  const uri = editor.document.uri;
  const { line, character } = editor.selection.active;
  const rendered = await pickTarget(server, uri);
  if (rendered === undefined) return;
  const shown = await showRendered(rendered);
  const params: RenderedPlacesParams = {
    uri: uri.toString(),
    position: { line, character },
    rendered: rendered.toString(),
  };
  const [place] = await server.request<readonly PlaceInFile[]>(renderedPlacesRequest, params);
  if (place === undefined) {
    window.setStatusBarMessage("Nothing in the rendered overlay comes from this line.", 5000);
    return;
  }
  select(shown, new Position(place.range.start.line, place.range.start.character));
}

/** Puts the cursor of an editor to a position and scrolls there when it is out of sight. */
export function select(editor: TextEditor, position: Position): void {
  editor.selection = new Selection(position, position);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

async function showRendered(rendered: Uri): Promise<TextEditor> {
  const document = await workspace.openTextDocument(rendered);
  const open = window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = open?.viewColumn ?? ViewColumn.Beside;
  return window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: false });
}

/** What a menu hands over is a `Uri`; a link in a hover may hand over its text. */
function sourceOf(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return argument;
  if (typeof argument === "string") return Uri.parse(argument, true);
  const active = window.activeTextEditor?.document.uri;
  return active?.scheme === "file" ? active : undefined;
}

/** The rendered document of a row of the Overlays view. */
function renderedOf(argument: unknown): Uri | undefined {
  if (typeof argument !== "object" || argument === null || !("kustomization" in argument)) return undefined;
  const { kustomization } = argument;
  if (typeof kustomization !== "object" || kustomization === null || !("rendered" in kustomization)) return undefined;
  return typeof kustomization.rendered === "string" ? Uri.parse(kustomization.rendered, true) : undefined;
}

async function pickTarget(server: LanguageServer, source: Uri | undefined): Promise<Uri | undefined> {
  const targets = source === undefined ? await allTargets(server) : await targetsOf(server, source);
  const [best] = targets;
  if (best === undefined) {
    const about =
      source === undefined ? "This workspace holds no kustomization" : "No kustomization includes this file";
    void window.showInformationMessage(`${about}, so there is nothing to render.`);
    return undefined;
  }
  const itself = source !== undefined && isKustomizationFile(source.path);
  if (targets.length === 1 || itself) return Uri.parse(best.uri, true);
  const items = targets.map((target) => ({ label: `$(layers) ${target.label}`, target }));
  const picked = await window.showQuickPick(items, {
    title: "Preview Rendered Overlay",
    placeHolder: "Which overlay?",
  });
  return picked === undefined ? undefined : Uri.parse(picked.target.uri, true);
}

function targetsOf(server: LanguageServer, source: Uri): Promise<readonly PreviewTarget[]> {
  const params: PreviewTargetsParams = { uri: source.toString() };
  return server.request(previewTargetsRequest, params);
}

/** Overlays first: they are what is deployed. */
async function allTargets(server: LanguageServer): Promise<readonly PreviewTarget[]> {
  const { kustomizations } = await server.request<OverlayGraph>(overlaysRequest);
  const builds = kustomizations.filter((each) => each.kind === "Kustomization");
  const overlaysFirst = [...builds].sort((a, b) => Number(b.role === "overlay") - Number(a.role === "overlay"));
  return overlaysFirst.map(({ rendered, root, label }) => ({ uri: rendered, root, label }));
}
