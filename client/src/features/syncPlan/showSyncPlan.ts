import { CancellationError, type QuickPickItem, Uri, window } from "vscode";
import { type PreviewTarget, previewTargetsRequest } from "../../../../server/src/protocol/rendered";
import { type SyncPlan, type SyncPlanParameters, syncPlanRequest } from "../../../../server/src/protocol/syncPlan";
import { chooseApplication } from "../../actions/chooseApplication";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { requestPlan } from "./requestPlan";

interface PlanSources {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
}

/**
 * The plan of what a command was called on: an Application of a cluster, a row of the Overlays view, a file. From the palette it is the file in
 * the editor. Throws, for the person, when nothing can be planned from it.
 */
export async function planOf({ clusters, server }: PlanSources, argument: unknown): Promise<SyncPlan> {
  const row = argument as { readonly type?: unknown; readonly kustomization?: { readonly root?: unknown } } | undefined;
  if (row?.type === "application") {
    const target = await chooseApplication(clusters, argument);
    if (target === undefined) throw new CancellationError();
    return requestPlan(server, target.application, {});
  }
  const root = row?.type === "kustomization" ? row.kustomization?.root : undefined;
  const editor = window.activeTextEditor;
  const uri = typeof root === "string" ? root : (argument instanceof Uri ? argument : editor?.document.uri)?.toString();
  if (uri === undefined) throw new Error("Open an Application or a kustomization first, or choose one in a view.");
  const line = editor?.document.uri.toString() === uri ? editor.selection.active.line : undefined;
  const plan = await ask(server, { uri, line });
  if (plan !== null) return plan;
  const around = await ask(server, { uri: await chooseRoot(server, uri) });
  if (around === null) throw new Error("This kustomization cannot be planned; the output says why.");
  return around;
}

function ask(server: LanguageServer, parameters: SyncPlanParameters): Promise<SyncPlan | null> {
  return server.request(syncPlanRequest, parameters);
}

/** One of the kustomizations that a file shows in. */
async function chooseRoot(server: LanguageServer, uri: string): Promise<string> {
  const targets = await server.request<readonly PreviewTarget[]>(previewTargetsRequest, { uri });
  if (targets.length === 0) throw new Error("This file is no Application, and no kustomization includes it.");
  const items = targets.map(({ label, root }): QuickPickItem & { readonly root: string } => ({ label, root }));
  const placeHolder = "The kustomization to plan";
  const choice = items.length === 1 ? items[0] : await window.showQuickPick(items, { placeHolder });
  if (choice === undefined) throw new CancellationError();
  return choice.root;
}
