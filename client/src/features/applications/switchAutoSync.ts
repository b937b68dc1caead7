import { CancellationError, window } from "vscode";
import type { Target } from "../../actions/chooseApplication";
import { autoSyncChange, whoTakesBack } from "../../cluster/argocd/autoSync";
import { withProgress } from "../../platform/progress";

/**
 * Pauses or resumes auto-sync, after `confirm` let it pass. Asks first where there is nothing to resume, but something new to turn on, and says who may
 * take it back.
 */
export async function switchAutoSync(
  { cluster, application }: Target,
  enabled: boolean,
  confirm: (words: string) => Promise<void>,
): Promise<void> {
  const { name } = application.metadata;
  const change = autoSyncChange(application, enabled);
  if (change === "nothing") {
    void window.showInformationMessage(`'${name}' ${enabled ? "syncs itself already" : "does not sync itself"}.`);
    return;
  }
  if (change === "turnOn") await askToTurnOn(name);
  const [deed, title] = words[change === "turnOn" ? "turnOn" : enabled ? "resume" : "pause"];
  await confirm(deed);
  await withProgress(`${title}: ${name}`, (signal) => cluster.argocd.setAutoSync(application, enabled, { signal }));
  const warning = whoTakesBack(application, enabled);
  if (warning !== undefined) void window.showWarningMessage(warning);
}

const words = {
  pause: ["pause auto-sync of", "Pause auto-sync"],
  resume: ["resume auto-sync of", "Resume auto-sync"],
  turnOn: ["turn on auto-sync of", "Turn on auto-sync"],
} as const;

async function askToTurnOn(name: string): Promise<void> {
  const yes = "Turn On Auto-Sync";
  const detail =
    "Argo CD will then deploy what changes in Git by itself. It will neither prune nor heal: for that, write 'prune' or 'selfHeal' below 'automated' in the file of the Application. If that file is in Git and says otherwise, whoever applies it will turn auto-sync off again.";
  const question = `'${name}' has no auto-sync that was paused. Turn it on?`;
  if ((await window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) throw new CancellationError();
}
