import { commands, Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import { renderedScheme } from "../../../../server/src/protocol/rendered";
import type { RegisterCommand } from "../../platform/commands";
import type { PreviewStates } from "./previewStates";

/** Also the command of the lens that the server puts on line 1 of such a document. */
const showProblemsCommand = "gitopsAuthor.showPreviewProblems";

/**
 * Tells when a rendered document does not show the present text: an item in the status bar as long as such a document is
 * in sight, since a person who types looks at the source.
 */
export function activatePreviewTrouble(states: PreviewStates, register: RegisterCommand): Disposable {
  const item = window.createStatusBarItem("gitopsAuthor.preview", StatusBarAlignment.Left);
  item.name = "GitOps Author: Preview";
  item.command = showProblemsCommand;
  item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");

  const update = (): void => updateItem(item, states);
  return Disposable.from(
    item,
    states.onDidChange(update),
    window.onDidChangeVisibleTextEditors(update),
    register(showProblemsCommand, () => commands.executeCommand("workbench.actions.view.problems")),
  );
}

function updateItem(item: StatusBarItem, states: PreviewStates): void {
  for (const { document } of window.visibleTextEditors) {
    const trouble = document.uri.scheme === renderedScheme ? states.findTrouble(document.uri.toString()) : undefined;
    if (trouble === undefined) continue;
    // "/config/overlays/dev/dev.rendered.yaml" is the preview of "dev".
    const name = document.uri.path.split("/").at(-2) ?? "";
    item.text = `$(warning) Preview of ${name}: ${trouble.message}`;
    item.tooltip = "The text as it is now does not build. Click to see the problems.";
    item.accessibilityInformation = { label: `Preview of ${name}: ${trouble.message}`, role: "button" };
    item.show();
    return;
  }
  item.hide();
}
