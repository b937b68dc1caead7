import { Disposable, type LogOutputChannel, type TreeView, Uri, window } from "vscode";
import type { OverlayGraph } from "../../../../server/src/protocol/overlays";
import type { LanguageServer, ServerState } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { setContextKey } from "../../platform/contextKeys";
import { withViewProgress } from "../../platform/progress";
import type { OverlayNode } from "./overlayNodes";
import { OverlayTree } from "./overlayTree";
import { registerCountDecorations } from "./problemCounts";

export interface OverlaysOptions {
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  readonly register: RegisterCommand;
}

const viewId = "gitopsAuthor.overlays";

/** The view "Overlays": which kustomization builds on which, what they include, and where there are problems. */
export function activateOverlays({ server, log, register }: OverlaysOptions): Disposable {
  const tree = new OverlayTree(server, (error) => log.warn("The Overlays view:", String(error)));
  const view = window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  setContextKey(viewId, "reading");

  const refresh = (): Promise<void> => withViewProgress(viewId, () => tree.refresh());
  const refreshQuietly = (): void => {
    refresh().catch((error: unknown) => log.warn("The Overlays view:", String(error)));
  };
  const follow = (state: ServerState): void => {
    if (state === "running") refreshQuietly();
    if (state !== "failed") return;
    tree.clear();
    view.badge = undefined;
    setContextKey(viewId, "failed");
  };
  // Whoever opens the view wants to know whether there are overlays: only the server can tell.
  const look = (visible: boolean): void => {
    if (visible && server.state === "idle") refreshQuietly();
  };

  look(view.visible);
  return Disposable.from(
    tree,
    view,
    registerCountDecorations(),
    tree.onDidChangeGraph((graph) => show(view, graph, server.state)),
    server.onDidChangeState(follow),
    view.onDidChangeVisibility(({ visible }) => look(visible)),
    register("gitopsAuthor.overlays.refresh", refresh),
    register("gitopsAuthor.overlays.reveal", (uri) => reveal(view, tree, uri)),
  );
}

function show(view: TreeView<OverlayNode>, graph: OverlayGraph, state: ServerState): void {
  const count = graph.kustomizations.length;
  const broken = graph.kustomizations.filter((each) => each.problems.errors > 0).length;
  view.message = graph.complete ? "" : "Reading the workspace…";
  view.badge =
    broken === 0
      ? undefined
      : { value: broken, tooltip: `${broken} kustomization${broken === 1 ? "" : "s"} with errors` };
  if (state === "running") setContextKey(viewId, count > 0 ? "listed" : graph.complete ? "empty" : "reading");
}

async function reveal(view: TreeView<OverlayNode>, tree: OverlayTree, argument: unknown): Promise<void> {
  const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  if (uri === undefined) return;
  if (tree.graph.kustomizations.length === 0) await tree.refresh();
  const row = tree.find(uri.toString());
  if (row === undefined) {
    void window.showInformationMessage("No kustomization of this workspace names this file.");
    return;
  }
  await view.reveal(row, { select: true, focus: true, expand: true });
}
