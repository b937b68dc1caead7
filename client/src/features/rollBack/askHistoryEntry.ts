import { CancellationError, type QuickPickItem, window } from "vscode";
import { type Application, type HistoryEntry, sourcesOf } from "../../cluster/argocd/application";
import { describeTime } from "../../cluster/describeTime";
import { nameOfEntry } from "./rollBackWords";

/** Asks which entry of the history to go back to. Throws a `CancellationError` when the person changes their mind, and when there is none. */
export async function askHistoryEntry(application: Application): Promise<HistoryEntry> {
  const { name } = application.metadata;
  // The newest entry is what runs now.
  const [, ...former] = [...(application.status?.history ?? [])].sort((a, b) => b.id - a.id);
  if (former.length === 0) throw new Error(`The history of '${name}' has nothing to go back to.`);
  const items = former.map((entry): QuickPickItem & { readonly entry: HistoryEntry } => {
    const [source] = sourcesOf(entry);
    const when = entry.deployedAt === undefined ? "" : describeTime(entry.deployedAt);
    return {
      label: nameOfEntry(entry),
      description: when,
      detail: [source?.repoURL, source?.path ?? source?.chart].filter(Boolean).join(" · "),
      entry,
    };
  });
  const options = { title: `Roll back ${name}`, placeHolder: "What to go back to; the newest comes first" };
  const choice = await window.showQuickPick(items, options);
  if (choice === undefined) throw new CancellationError();
  return choice.entry;
}
