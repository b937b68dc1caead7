import { CancellationError, type QuickPickItem, window } from "vscode";
import { type Application, type ManagedResource, syncsItself } from "../../cluster/argocd/application";
import type { SyncOptions } from "../../cluster/argocd/operations";
import {
  chooseable,
  conflictOf,
  type OfferedChoice,
  offeredChoices,
  type SyncChoice,
  toSyncOptions,
} from "./syncChoices";

/** Asks how to sync; `note` is what else the person should know. Throws a `CancellationError` when they change their mind. */
export async function askSyncOptions(application: Application, note: string): Promise<SyncOptions> {
  const choices = await askChoices(application, note);
  const resources = choices.has("resources") ? await askResources(application) : undefined;
  const revision = choices.has("revision") ? await askRevision(application, choices.has("dryRun")) : undefined;
  return toSyncOptions(choices, { revision, resources });
}

/** Choices that do not go together stay in sight until they are undone. */
async function askChoices(application: Application, note: string): Promise<ReadonlySet<SyncChoice>> {
  const pick = window.createQuickPick<QuickPickItem & OfferedChoice>();
  pick.items = offeredChoices(application);
  pick.selectedItems = pick.items.filter(({ picked }) => picked);
  pick.canSelectMany = true;
  pick.title = [`Sync ${application.metadata.name}`, note].filter(Boolean).join(" · ");
  const placeholder = "Choose options, or press Enter to sync as the Application says";
  pick.placeholder = placeholder;
  try {
    return await new Promise((choose, cancel) => {
      const chosen = (): ReadonlySet<SyncChoice> => new Set(pick.selectedItems.map(({ choice }) => choice));
      pick.onDidChangeSelection(() => {
        pick.placeholder = conflictOf(chosen()) ?? placeholder;
      });
      pick.onDidAccept(() => {
        const conflict = conflictOf(chosen());
        if (conflict === undefined) choose(chosen());
        else void window.showWarningMessage(conflict);
      });
      pick.onDidHide(() => cancel(new CancellationError()));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

async function askResources(application: Application): Promise<NonNullable<SyncOptions["resources"]>> {
  const items = chooseable(application).map((resource): QuickPickItem & { readonly resource: ManagedResource } => {
    const { kind, name, namespace, status = "", requiresPruning } = resource;
    const where = namespace ? `${kind} · ${namespace}` : kind;
    const state = requiresPruning === true ? `${status}, not in Git` : status;
    return { label: name, description: `${where} · ${state}`, picked: status !== "Synced", resource };
  });
  const title = `Sync ${application.metadata.name}`;
  const placeHolder = "The objects to sync; those that are out of sync are chosen";
  const options = { title, placeHolder, canPickMany: true as const, matchOnDescription: true };
  const chosen = await window.showQuickPick(items, options);
  if (chosen === undefined) throw new CancellationError();
  if (chosen.length === 0) throw new Error("No object was chosen, so nothing is synced.");
  return chosen.map(({ resource: { group, kind, namespace, name } }) => ({ group, kind, namespace, name }));
}

async function askRevision(application: Application, dryRun: boolean): Promise<string> {
  const { metadata, spec } = application;
  const own = spec?.source?.targetRevision || "HEAD";
  const revision = await window.showInputBox({
    title: `Sync ${metadata.name}`,
    prompt: "Branch, tag or commit",
    value: own,
    validateInput: (text) => (text.trim() === "" ? "Name a branch, a tag or a commit." : undefined),
  });
  if (revision === undefined) throw new CancellationError();
  // Argo CD's own server refuses this too: auto-sync would take it back at once.
  if (revision.trim() !== own && !dryRun && syncsItself(application)) {
    throw new Error(`'${metadata.name}' syncs itself to ${own} and would undo this. Pause auto-sync first.`);
  }
  return revision.trim();
}
