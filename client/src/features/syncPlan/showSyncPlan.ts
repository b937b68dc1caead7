import { CancellationError, type QuickPickItem, Uri, window } from "vscode";
import { type PreviewTarget, previewTargetsRequest } from "../../../../server/src/protocol/rendered";
import { type SyncPlan, type SyncPlanParameters, syncPlanRequest } from "../../../../server/src/protocol/syncPlan";
import { chooseApplication } from "../../actions/chooseApplication";
import type { LanguageServer } from "../../languageClient";
import type { PlanSource } from "./planSource";
import { type PlanPorts, planOfApplication } from "./requestPlan";

/**
 * The plan of what a command was called on: an Application of a cluster, a row of the Overlays view, a file. From the palette it is the file in
 * the editor. Throws, for the person, when nothing can be planned from it.
 */
export async function planOf(ports: PlanPorts, argument: unknown): Promise<PlanSource> {
  const { clusters, server } = ports;
  const row = argument as { readonly type?: unknown; readonly kustomization?: { readonly root?: unknown } } | undefined;
  if (row?.type === "application") {
    const target = await chooseApplication(clusters, argument);
    if (target === undefined) throw new CancellationError();
    return await planOfApplication(ports, target, {});
  }
  const root = row?.type === "kustomization" ? row.kustomization?.root : undefined;
  const editor = window.activeTextEditor;
  const uri = typeof root === "string" ? root : (argument instanceof Uri ? argument : editor?.document.uri)?.toString();
  if (uri === undefined) throw new Error("Open an Application or a kustomization first, or choose one in a view.");
  const line = editor?.document.uri.toString() === uri ? editor.selection.active.line : undefined;
  if ((await ask(server, { uri, line })) !== null) return sourceOf(server, { uri, line });
  return sourceOf(server, { uri: await chooseRoot(server, uri) });
}

function sourceOf(server: LanguageServer, parameters: SyncPlanParameters): PlanSource {
  return {
    make: async (signal) => {
      const plan = await ask(server, parameters, signal);
      if (plan === null) throw new Error("This cannot be planned; the output of GitOps Author says why.");
      return plan;
    },
  };
}

function ask(server: LanguageServer, parameters: SyncPlanParameters, signal?: AbortSignal): Promise<SyncPlan | null> {
  return server.request(syncPlanRequest, parameters, signal);
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
