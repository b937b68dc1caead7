import { type QuickPickItem, window } from "vscode";
import { type Application, syncsItself } from "../../cluster/argocd/application";
import type { SyncOptions } from "../../cluster/argocd/operations";

type Choice = "prune" | "dryRun" | "revision";

/** Asks how to sync; nothing when the person changes their mind. */
export async function askSyncOptions(application: Application): Promise<SyncOptions | undefined> {
  const { spec, metadata } = application;
  const items: readonly (QuickPickItem & { readonly choice: Choice })[] = [
    { choice: "prune", label: "Prune", description: "delete what is not in Git any more" },
    { choice: "dryRun", label: "Dry run", description: "only say what would be done" },
    // Each of several sources has a revision of its own.
    ...(spec?.sources === undefined
      ? [
          {
            choice: "revision" as const,
            label: "Another revision…",
            description: spec?.source?.targetRevision ?? "HEAD",
          },
        ]
      : []),
  ];
  const title = `Sync ${metadata.name}`;
  const placeHolder = "Options; none syncs as the Application says";
  const chosen = await window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  if (chosen === undefined) return undefined;
  const has = (choice: Choice): boolean => chosen.some((each) => each.choice === choice);
  const revision = has("revision") ? await askRevision(application, has("dryRun")) : undefined;
  if (has("revision") && revision === undefined) return undefined;
  return { prune: has("prune"), dryRun: has("dryRun"), revision };
}

async function askRevision(application: Application, dryRun: boolean): Promise<string | undefined> {
  const { metadata, spec } = application;
  const own = spec?.source?.targetRevision ?? "HEAD";
  const revision = await window.showInputBox({
    title: `Sync ${metadata.name}`,
    prompt: "Branch, tag or commit",
    value: own,
    validateInput: (text) => (text.trim() === "" ? "Name a branch, a tag or a commit." : undefined),
  });
  // Argo CD's own server refuses this too: auto-sync would take it back at once.
  if (revision !== undefined && revision.trim() !== own && !dryRun && syncsItself(application)) {
    throw new Error(`'${metadata.name}' syncs itself to ${own} and would undo this. Pause auto-sync first.`);
  }
  return revision?.trim();
}
