import { Disposable, type LogOutputChannel, type TextDocument, workspace } from "vscode";
import type { LanguageServer } from "./languageClient";
import { holdsOurKind, isKustomizationFile, kustomizationFileNames } from "./ourDocuments";

/**
 * Starts the language server as soon as there is something for it to do: a kustomization file in the workspace, or an
 * open text that holds one of our kinds. Most YAML that people open is neither, and costs them nothing.
 */
export function startWhenNeeded(server: LanguageServer, log: LogOutputChannel): Disposable {
  const glob = `**/{${kustomizationFileNames.join(",")}}`;
  const watcher = workspace.createFileSystemWatcher(glob, false, true, true);
  const watching: Disposable[] = [watcher];
  const start = (reason: string): void => {
    for (const each of watching.splice(0)) each.dispose();
    log.info(`Starting the language server: ${reason}`);
    server.start().catch((error: unknown) => log.error("The language server cannot be started:", String(error)));
  };
  const look = (document: TextDocument): boolean => {
    const ours = document.uri.scheme === "file" && document.languageId === "yaml" && isOurs(document);
    if (ours && watching.length > 0) start(`${workspace.asRelativePath(document.uri)} is open`);
    return ours;
  };
  watching.push(
    watcher.onDidCreate((uri) => start(`${workspace.asRelativePath(uri)} was created`)),
    workspace.onDidOpenTextDocument(look),
    // A new file says what it is only after some typing.
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
    server.onDidChangeState(() => {
      for (const each of watching.splice(0)) each.dispose();
    }),
  );
  if (!workspace.textDocuments.some(look)) {
    workspace.findFiles(glob, "**/node_modules/**", 1).then(
      ([found]) => {
        if (found !== undefined && watching.length > 0) start(`the workspace holds ${workspace.asRelativePath(found)}`);
      },
      (error: unknown) => log.warn("Looking for kustomization files:", String(error)),
    );
  }
  return new Disposable(() => {
    for (const each of watching.splice(0)) each.dispose();
  });
}

function isOurs(document: TextDocument): boolean {
  return isKustomizationFile(document.uri.path) || holdsOurKind(document.getText());
}
