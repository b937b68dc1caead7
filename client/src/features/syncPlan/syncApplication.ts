import { CancellationError, window } from "vscode";
import type { Target } from "../../actions/chooseApplication";
import { passSyncWindows } from "../../actions/passSyncWindows";
import { confirmProtected, needPermission } from "../../actions/permission";
import { runOperation } from "../../actions/runOperation";
import type { Application } from "../../cluster/argocd/application";
import type { SyncOptions } from "../../cluster/argocd/operations";
import { readSettings } from "../../configuration";
import { askSyncOptions } from "./askSyncOptions";
import { summaryOf } from "./planRows";
import type { MadePlan } from "./planSource";
import type { PlanView } from "./planView";
import { type PlanPorts, planOfApplication } from "./requestPlan";

export interface SyncPorts extends PlanPorts {
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
  const agreed = dryRun ? undefined : await askPlan({ clusters, server, view }, target, options);
  await confirmProtected(target, `${dryRun ? "run a dry run of" : "sync"} ${name}`, readSettings().cluster.protected);
  const title = `${dryRun ? "Dry run" : "Sync"} of ${name}`;
  const by = `${cluster.context.user} (VS Code)`;
  const start = (signal: AbortSignal): Promise<Application> =>
    cluster.argocd.sync(application, options, { by, signal });
  await runOperation(clusters, target, { title, start });
  if (agreed !== undefined) view.finish(agreed);
}

/** Shows the plan and gives it when the person agrees; nothing where there is nothing to show. */
async function askPlan(
  { view, ...ports }: SyncPorts,
  target: Target,
  options: SyncOptions,
): Promise<MadePlan | undefined> {
  const { name } = target.application.metadata;
  const source = await planOfApplication(ports, target, options);
  const plan = await source.make();
  if (plan.tasks.length === 0) {
    const why = plan.failures?.[0] ?? plan.notes[0] ?? "it has no objects.";
    window.setStatusBarMessage(`No sync plan of ${name}: ${why}`, 10_000);
    return undefined;
  }
  const question = `Sync ${name} in ${target.cluster.context.name}? ${summaryOf(plan)}.`;
  const agreed = await view.ask(plan, source, question);
  if (agreed === undefined) throw new CancellationError();
  return agreed;
}
