import { CancellationError, window } from "vscode";
import type { Target } from "../../actions/chooseApplication";
import { passSyncWindows } from "../../actions/passSyncWindows";
import { confirmProtected, needPermission } from "../../actions/permission";
import { runOperation } from "../../actions/runOperation";
import type { Application } from "../../cluster/argocd/application";
import type { OpenClusters } from "../../cluster/openClusters";
import { readSettings } from "../../configuration";
import type { LanguageServer } from "../../languageClient";
import { askSyncOptions } from "./askSyncOptions";
import { summaryOf } from "./planRows";
import type { PlanView } from "./planView";
import { requestPlan } from "./requestPlan";

export interface SyncPorts {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly view: PlanView;
}

/**
 * Syncs an Application: the right first, then the sync windows, the options, the plan, and for a protected context its name. Where nothing
 * can be planned the sync is not held up, and a dry run is itself the answer to what would happen.
 */
export async function syncApplication({ clusters, server, view }: SyncPorts, target: Target): Promise<void> {
  const { cluster, application } = target;
  const { name } = application.metadata;
  await needPermission(target);
  const note = await passSyncWindows(server, target, "Sync");
  const options = await askSyncOptions(application, note);
  const dryRun = options.dryRun === true;
  const plan = dryRun ? undefined : await requestPlan(server, application, options);
  if (plan?.tasks.length === 0) {
    window.setStatusBarMessage(`No sync plan of ${name}: ${plan.notes[0] ?? "it has no objects."}`, 10_000);
  } else if (plan !== undefined) {
    const question = `Sync ${name} in ${cluster.context.name}? ${summaryOf(plan)}.`;
    if (!(await view.ask(plan, question))) throw new CancellationError();
  }
  await confirmProtected(target, `${dryRun ? "run a dry run of" : "sync"} ${name}`, readSettings().cluster.protected);
  const title = `${dryRun ? "Dry run" : "Sync"} of ${name}`;
  const by = `${cluster.context.user} (VS Code)`;
  const start = (signal: AbortSignal): Promise<Application> =>
    cluster.argocd.sync(application, options, { by, signal });
  await runOperation(clusters, target, { title, start });
  if (plan !== undefined) view.finish(plan);
}
