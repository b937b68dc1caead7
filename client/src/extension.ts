import type { ExtensionContext } from "vscode";
import { activateOverlays } from "./features/overlays/overlays";
import { activatePreview } from "./features/preview/preview";
import { activateYamlExtension } from "./features/yamlExtension/yamlExtension";
import { LanguageClient } from "./languageClient";
import { commandRegistrar } from "./platform/commands";
import { createLog } from "./platform/log";
import { startWhenNeeded } from "./startWhenNeeded";

/** Called by VS Code once, when something that `activationEvents` names happens. Light: the server starts when it is needed. */
export function activate(context: ExtensionContext): void {
  const log = createLog();
  const register = commandRegistrar(log);
  const server = new LanguageClient(context, log);
  context.subscriptions.push(
    log,
    server,
    register("gitopsAuthor.restartServer", () => server.restart()),
    register("gitopsAuthor.showOutput", () => log.show()),
    activateYamlExtension({ log, onSyntaxElsewhere: (elsewhere) => server.setYamlSyntaxElsewhere(elsewhere) }),
    activateOverlays({ server, log, register }),
    activatePreview(server, register),
    startWhenNeeded(server, log),
  );
}
