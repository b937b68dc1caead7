import { CancellationError, Disposable, type LogOutputChannel, window } from "vscode";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { createApplication } from "./createApplication";
import { exportApplication } from "./exportApplication";

export interface ApplicationFilesOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  readonly register: RegisterCommand;
}

/** Applications as files: those of a cluster written down, new ones made from what the repository has. */
export function activateApplicationFiles({ clusters, server, log, register }: ApplicationFilesOptions): Disposable {
  const tell = (error: unknown): void => {
    if (error instanceof CancellationError) return;
    log.error("gitopsAuthor.createApplication:", String(error));
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  };
  return Disposable.from(
    register("gitopsAuthor.application.export", (argument) => exportApplication({ clusters, server }, argument)),
    register("gitopsAuthor.createApplication", (argument) => createApplication({ clusters, server, tell }, argument)),
  );
}
