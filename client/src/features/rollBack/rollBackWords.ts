import { type Application, type HistoryEntry, syncsItself } from "../../cluster/argocd/application";
import { shortRevision } from "../../cluster/argocd/applicationState";
import { recreatorOf } from "../../cluster/argocd/deletion";

/** A way back, in words. */
export interface WayBack {
  readonly way: "rollBack" | "revert";
  readonly label: string;
  /** What matters most of it, short enough for a list. */
  readonly hint: string;
  /** All of it, for the question whether to do it; files can be looked at instead. */
  readonly detail?: string;
}

/** The ways back to a former state, and what auto-sync does about each. */
export function waysBack(application: Application): readonly WayBack[] {
  const automated = application.spec?.syncPolicy?.automated;
  const itself = syncsItself(application);
  const maker = recreatorOf(application)?.replace(/^t/, "T");
  const again = maker === undefined ? "" : ` ${maker} makes this Application and may switch it on again.`;
  const when = automated?.selfHeal === true ? "at once" : "with the next commit";
  const nothingGoes = "Objects that came since then are not deleted.";
  const until = "Git stays as it is, so the Application is OutOfSync until Git says the same.";
  return [
    {
      way: "rollBack",
      label: itself ? "Pause auto-sync and roll back" : "Roll back now",
      hint: itself ? `Auto-sync would undo it ${when}. Git stays as it is.` : "Git stays as it is.",
      detail: itself
        ? `It syncs itself and would undo it ${when}, so auto-sync is paused in the same step, until you resume it.${again} ${until} ${nothingGoes}`
        : `${until} ${nothingGoes}`,
    },
    {
      way: "revert",
      label: "Prepare a revert commit instead…",
      hint: `You commit and push files that are as they were, and ${itself ? "Argo CD deploys them" : "then sync"}.`,
    },
  ];
}

/** An entry of the history: `4: 1f3870be274f`, with a commit or version for each source. */
export function nameOfEntry({ id, revision = "", revisions }: HistoryEntry): string {
  return `${id}: ${(revisions ?? [revision]).map(shortRevision).join(", ")}`;
}
