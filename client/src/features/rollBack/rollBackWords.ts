import { type Application, type HistoryEntry, syncsItself } from "../../cluster/argocd/application";
import { shortRevision } from "../../cluster/argocd/applicationState";

/** A way back, in words. */
export interface WayBack {
  readonly way: "rollBack" | "revert";
  readonly label: string;
  readonly detail: string;
}

/** The ways back to a former state, and what auto-sync does about each. */
export function waysBack(application: Application): readonly WayBack[] {
  const automated = application.spec?.syncPolicy?.automated;
  const itself = syncsItself(application);
  const maker = makerOf(application);
  const again = maker === undefined ? "" : ` ${maker} may switch it on again.`;
  const heals = automated?.selfHeal === true ? " and would undo it at once" : " and would undo it with the next commit";
  const nothingGoes = "Objects that came since then are not deleted.";
  const until = "Git stays as it is, so the Application is OutOfSync until Git says the same.";
  return [
    {
      way: "rollBack",
      label: itself ? "Pause auto-sync and roll back" : "Roll back now",
      detail: itself
        ? `It syncs itself${heals}, so auto-sync is paused in the same step, until you resume it.${again} ${until} ${nothingGoes}`
        : `${until} ${nothingGoes}`,
    },
    {
      way: "revert",
      label: "Prepare a revert commit instead…",
      detail: itself
        ? "The files in the work tree become what they were; once you have committed and pushed them Argo CD deploys them by itself."
        : "The files in the work tree become what they were; you commit and push them, and then sync.",
    },
  ];
}

/** An entry of the history: `4: 1f3870be274f`, with a commit or version for each source. */
export function nameOfEntry({ id, revision = "", revisions }: HistoryEntry): string {
  return `${id}: ${(revisions ?? [revision]).map(shortRevision).join(", ")}`;
}

/** Who writes the Application, and so may take back what is changed in it. */
function makerOf({ metadata }: Application): string | undefined {
  const set = metadata.ownerReferences?.find(({ kind }) => kind === "ApplicationSet");
  if (set !== undefined) return `The ApplicationSet '${set.name}'`;
  const parent = metadata.annotations?.["argocd.argoproj.io/tracking-id"]?.split(":")[0];
  return parent ? `The Application '${parent}', which deploys this one,` : undefined;
}
