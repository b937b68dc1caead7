import {
  CodeLens,
  Disposable,
  EventEmitter,
  languages,
  Range,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from "vscode";
import { renderedScheme } from "../../../../server/src/protocol/rendered";
import type { PreviewStates } from "./previewStates";

const showProblems = { title: "Show Problems", command: "workbench.actions.view.problems" };

/**
 * Tells when a rendered document does not show the present text: a lens on its first line, and an item in the status bar
 * as long as such a document is in sight, since the person looks at the source while typing.
 */
export function activatePreviewTrouble(states: PreviewStates): Disposable {
  const lensesChanged = new EventEmitter<void>();
  const item = window.createStatusBarItem("gitopsAuthor.preview", StatusBarAlignment.Left);
  item.name = "GitOps Author: Preview";
  item.command = showProblems.command;
  item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");

  const lenses = languages.registerCodeLensProvider(
    { scheme: renderedScheme },
    {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: ({ uri }) => {
        const trouble = states.findTrouble(uri.toString());
        if (trouble === undefined) return [];
        return [new CodeLens(new Range(0, 0, 0, 0), { ...showProblems, title: `$(warning) ${trouble.message}` })];
      },
    },
  );
  const update = (): void => updateItem(item, states);
  return Disposable.from(
    lensesChanged,
    lenses,
    item,
    window.onDidChangeVisibleTextEditors(update),
    states.onDidChange(() => {
      lensesChanged.fire();
      update();
    }),
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
