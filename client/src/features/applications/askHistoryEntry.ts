import { type QuickPickItem, window } from "vscode";
import { type Application, type HistoryEntry, syncsItself } from "../../cluster/argocd/application";

/** Asks which entry of the history to deploy again; nothing when the person changes their mind. Throws when it cannot be done. */
export async function askHistoryEntry(application: Application): Promise<HistoryEntry | undefined> {
  const { name } = application.metadata;
  if (syncsItself(application)) {
    throw new Error(
      `'${name}' syncs itself and would undo a rollback at once. Pause auto-sync first, or revert the commit in Git.`,
    );
  }
  // The newest entry is what runs now.
  const [, ...former] = [...(application.status?.history ?? [])].sort((a, b) => b.id - a.id);
  if (former.length === 0) throw new Error(`The history of '${name}' has nothing to go back to.`);
  const items = former.map((entry): QuickPickItem & { readonly entry: HistoryEntry } => {
    const revisions = entry.revisions ?? [entry.revision ?? ""];
    const source = entry.source ?? entry.sources?.[0];
    return {
      label: `${entry.id}: ${revisions.map((each) => each.slice(0, 12)).join(", ")}`,
      description: entry.deployedAt ?? "",
      detail: [source?.repoURL, source?.path ?? source?.chart].filter(Boolean).join(" · "),
      entry,
    };
  });
  const placeHolder = "What to deploy again; Git stays as it is, so the Application will be OutOfSync";
  return (await window.showQuickPick(items, { title: `Roll back ${name}`, placeHolder }))?.entry;
}
