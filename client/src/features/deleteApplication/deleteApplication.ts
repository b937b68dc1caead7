import { CancellationError, type Disposable, type QuickPickItem, window } from "vscode";
import { chooseApplication, type Target } from "../../actions/chooseApplication";
import { confirmProtected, needPermission } from "../../actions/permission";
import { ApiError } from "../../cluster/apiError";
import { type Cascade, changesFinalizers, planDeletion } from "../../cluster/argocd/deletion";
import { destinationOf } from "../../cluster/argocd/destination";
import { type Marks, readMarks } from "../../cluster/argocd/liveMarks";
import type { OpenClusters } from "../../cluster/openClusters";
import { readSettings } from "../../configuration";
import type { RegisterCommand } from "../../platform/commands";
import { withProgress } from "../../platform/progress";
import { countOf, describeDeletion } from "./deletionWords";

export interface DeleteApplicationOptions {
  readonly clusters: OpenClusters;
  readonly register: RegisterCommand;
}

/** The command that deletes an Application, with or without what it deployed. */
export function activateDeleteApplication({ clusters, register }: DeleteApplicationOptions): Disposable {
  return register("gitopsAuthor.application.delete", async (argument) => {
    const target = await chooseApplication(clusters, argument);
    if (target !== undefined) await askAndDelete(clusters, target);
  });
}

/** Asks for the rights before anything else: nobody has to answer questions in vain. */
async function askAndDelete(clusters: OpenClusters, target: Target): Promise<void> {
  const { cluster, application } = target;
  const { name } = application.metadata;
  await needPermission(target, "delete");
  const cascade = await chooseCascade(target);
  if (cascade === undefined) return;
  if (changesFinalizers(application, cascade)) await needPermission(target, "changeFinalizers");
  await confirm(clusters, target, cascade);
  await withProgress(`Delete ${name}`, (signal) => cluster.argocd.delete(application, cascade, { signal }));
}

async function chooseCascade({ cluster, application }: Target): Promise<Cascade | undefined> {
  const { name, deletionTimestamp } = application.metadata;
  const count = planDeletion(application, cluster.applications).deleted.length;
  const all = `The Application and ${countOf(count, "object")}`;
  const items: readonly (QuickPickItem & { readonly cascade: Cascade })[] = [
    { cascade: "foreground", label: all, description: "each object after what it owns (foreground)" },
    { cascade: "background", label: all, description: "objects at once, what they own after them (background)" },
    { cascade: "none", label: "Only the Application", description: "what it deployed stays and runs on" },
  ];
  // Nothing can be added to what waits for the deletion any more; it can only be let go.
  const possible = deletionTimestamp === undefined ? items : items.slice(2);
  const placeHolder = deletionTimestamp === undefined ? "What to delete" : "It is being deleted; it can only be let go";
  return (await window.showQuickPick(possible, { title: `Delete ${name}`, placeHolder }))?.cascade;
}

/** A deletion that takes other objects along asks for the name of the Application. Throws a `CancellationError` at any no. */
async function confirm(clusters: OpenClusters, target: Target, cascade: Cascade): Promise<void> {
  const { application, cluster } = target;
  const { name } = application.metadata;
  const marks = cascade === "none" ? undefined : await lookAtObjects(clusters, target);
  const plan = planDeletion(application, cluster.applications, marks);
  const { question, detail } = describeDeletion(application, cascade, plan);
  const yes = cascade === "none" ? "Delete Application" : "Continue…";
  if ((await window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) throw new CancellationError();
  if (cascade !== "none") {
    const prompt = `Type ${name} to delete it with everything that it deployed to ${cluster.context.name}`;
    const validateInput = (text: string): string | undefined => (text === name ? undefined : prompt);
    const typed = await window.showInputBox({ title: `Delete ${name}`, prompt, ignoreFocusOut: true, validateInput });
    if (typed !== name) throw new CancellationError();
  }
  await confirmProtected(target, `delete ${name}`, readSettings().cluster.protected);
}

/** As many are looked at; of more it is only said that some may stay. */
const mostLookedAt = 300;

/** What the objects say for themselves, as far as their cluster tells: a deletion goes on without. */
async function lookAtObjects(
  clusters: OpenClusters,
  { application, cluster: home }: Target,
): Promise<ReadonlyMap<string, Marks> | undefined> {
  const { cluster } = destinationOf(application, home, clusters);
  const objects = (application.status?.resources ?? []).filter(({ hook }) => hook !== true).slice(0, mostLookedAt);
  if (cluster === undefined || cluster.isServer === true || objects.length === 0) return undefined;
  try {
    const title = `Reading what ${application.metadata.name} deployed`;
    return (await withProgress(title, (signal) => readMarks(cluster.connection, objects, signal))).marks;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return undefined;
  }
}
