import { type SyncPlan, type SyncPlanParameters, syncPlanRequest } from "../../../../server/src/protocol/syncPlan";
import { type Application, sourcesOf } from "../../cluster/argocd/application";
import { toDeploying } from "../../cluster/argocd/deployingApplication";
import { type SyncOptions, syncOptionsOf } from "../../cluster/argocd/operations";
import type { LanguageServer } from "../../languageClient";

/** Asks the server what a sync of an Application would do, with the files of the workspace as they are now. */
export async function requestPlan(
  server: LanguageServer,
  application: Application,
  options: SyncOptions,
): Promise<SyncPlan> {
  const { metadata, spec, status } = application;
  const parameters: SyncPlanParameters = {
    application: {
      ...toDeploying(application),
      sources: sourcesOf(spec),
      syncOptions: syncOptionsOf(application, options),
      prune: options.prune === true,
      revision: options.revision,
      chosen: options.resources,
      live: status?.resources ?? [],
    },
  };
  const plan = await server.request<SyncPlan | null>(syncPlanRequest, parameters);
  return plan ?? { title: metadata.name, tasks: [], notes: ["The plan could not be made; the output says why."] };
}
