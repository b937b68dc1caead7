import { CancellationError, type Disposable, window } from "vscode";
import { chooseApplication, type Target } from "../../actions/chooseApplication";
import { passSyncWindows } from "../../actions/passSyncWindows";
import { confirmProtected, needPermission } from "../../actions/permission";
import { runOperation } from "../../actions/runOperation";
import { type Application, type HistoryEntry, syncsItself } from "../../cluster/argocd/application";
import type { OpenClusters } from "../../cluster/openClusters";
import { readSettings } from "../../configuration";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { askHistoryEntry } from "./askHistoryEntry";
import { prepareRevert } from "./prepareRevert";
import { nameOfEntry, type WayBack, waysBack } from "./rollBackWords";

export interface RollBackOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
}

/** The command that takes an Application back to a former state: in the cluster, or in Git. */
export function activateRollBack({ clusters, server, register }: RollBackOptions): Disposable {
  return register("gitopsAuthor.application.rollBack", async (argument) => {
    const target = await chooseApplication(clusters, argument);
    if (target === undefined) return;
    const entry = await askHistoryEntry(target.application);
    const way = await askWay(target.application);
    if (way.way === "revert") await prepareRevert(server, target.application, entry);
    else await rollBackTo({ clusters, server }, target, { entry, way });
  });
}

async function askWay(application: Application): Promise<WayBack> {
  const options = { title: `Roll back ${application.metadata.name}`, placeHolder: "How to go back" };
  const items = waysBack(application).map((way) => ({ label: way.label, detail: way.hint, way }));
  const choice = await window.showQuickPick(items, options);
  if (choice === undefined) throw new CancellationError();
  return choice.way;
}

async function rollBackTo(
  { clusters, server }: Pick<RollBackOptions, "clusters" | "server">,
  target: Target,
  { entry, way }: { readonly entry: HistoryEntry; readonly way: WayBack },
): Promise<void> {
  const { cluster, application } = target;
  const { name } = application.metadata;
  await needPermission(target, "rollBack");
  const pauseAutoSync = syncsItself(application);
  if (pauseAutoSync) await needPermission(target, "setAutoSync");
  const note = await passSyncWindows(server, target, "Roll Back");
  const question = `Roll back '${name}' in ${cluster.context.name} to ${nameOfEntry(entry)}?`;
  const detail = [way.detail, note === "" ? "" : `Besides: ${note}.`].filter(Boolean).join("\n\n");
  if ((await window.showWarningMessage(question, { modal: true, detail }, way.label)) !== way.label) {
    throw new CancellationError();
  }
  await confirmProtected(target, `roll back ${name}`, readSettings().cluster.protected);
  const by = `${cluster.context.user} (VS Code)`;
  const start = (signal: AbortSignal): Promise<Application> =>
    cluster.argocd.rollBack(application, entry.id, { by, signal, pauseAutoSync });
  await runOperation(clusters, target, { title: `Rollback of ${name}`, start });
}
