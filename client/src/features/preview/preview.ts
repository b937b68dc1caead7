import { Disposable } from "vscode";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { activateGoToSource } from "./goToSource";
import { previewOverlay, showInPreview } from "./previewOverlay";
import { PreviewStates } from "./previewStates";
import { activatePreviewTrouble } from "./previewTrouble";

/** Rendered overlays beside their source, and the way back from a rendered line to where its value comes from. */
export function activatePreview(server: LanguageServer, register: RegisterCommand): Disposable {
  const states = new PreviewStates(server);
  return Disposable.from(
    states,
    activatePreviewTrouble(states, register),
    register("gitopsAuthor.previewOverlay", (argument) => previewOverlay(server, argument)),
    register("gitopsAuthor.showInPreview", () => showInPreview(server)),
    ...activateGoToSource(server, register),
  );
}
