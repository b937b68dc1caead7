import { CancellationError, type QuickPickItem, ThemeIcon, window } from "vscode";
import type { ApplyPlan, PlannedObject, PlannedState } from "../../cluster/applyPlan";
import { objectName } from "../../cluster/objectName";
import { type ApplySubject, countPlanned, describePlanned } from "./applyWords";

interface PlannedItem<T> extends QuickPickItem {
  readonly planned: PlannedObject<T>;
}

const icons: Readonly<Record<PlannedState, string>> = {
  created: "add",
  configured: "edit",
  adopted: "person",
  unchanged: "check",
  later: "history",
  conflict: "warning",
  failed: "error",
};

/**
 * Shows what would change, object by object, and asks which of it to apply. `showDifferences` is called when the person wants to look first; the
 * question stays. Nothing when they change their mind.
 */
export async function askApply<T>(
  { what, context }: ApplySubject,
  plan: ApplyPlan<T>,
  showDifferences: () => Promise<unknown>,
): Promise<readonly PlannedObject<T>[] | undefined> {
  const open = plan.objects.filter(({ state }) => state !== "unchanged");
  const pick = window.createQuickPick<PlannedItem<T>>();
  pick.title = `Apply ${what} to ${context}`;
  pick.placeholder = `${countPlanned(plan.objects)}. Enter applies what is ticked.`;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = open.map(toItem);
  pick.selectedItems = pick.items.filter(({ planned }) => planned.state !== "failed" && planned.state !== "conflict");
  pick.buttons = [{ iconPath: new ThemeIcon("diff-multiple"), tooltip: "Show Differences" }];
  pick.onDidTriggerButton(() => {
    // The question stays open whatever becomes of the look.
    showDifferences().catch((error: unknown) => {
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    });
  });
  try {
    return await new Promise((finish) => {
      pick.onDidAccept(() => finish(pick.selectedItems.map(({ planned }) => planned)));
      pick.onDidHide(() => finish(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function toItem<T>(planned: PlannedObject<T>): PlannedItem<T> {
  const [state = "", ...more] = describePlanned(planned);
  const { namespace } = planned.object.metadata;
  return {
    label: `$(${icons[planned.state]}) ${objectName(planned.object)}`,
    description: namespace === undefined ? state : `${namespace} · ${state}`,
    ...(more.length > 0 && { detail: more.join(" ") }),
    planned,
  };
}

/** Asks whether fields that others manage are taken over. Throws a `CancellationError` when the person does neither. */
export async function askForce(chosen: readonly PlannedObject<unknown>[]): Promise<boolean> {
  const conflicting = chosen.filter(({ conflicts }) => conflicts.length > 0);
  if (conflicting.length === 0) return false;
  const detail = conflicting
    .map(({ object, conflicts }) => {
      return conflicts.map(({ manager, field }) => `${objectName(object)}: ${field}, managed by ${manager}`).join("\n");
    })
    .join("\n");
  const take = "Take Over";
  const leave = "Leave These Objects Out";
  const message = "Take over fields that others manage? They may set them again, or apply without knowing.";
  const answer = await window.showWarningMessage(message, { modal: true, detail }, take, leave);
  if (answer === undefined) throw new CancellationError();
  return answer === take;
}
