import type { Disposable } from "vscode";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { exportApplication } from "./exportApplication";

export interface ApplicationFilesOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
}

/** Applications as files: those of a cluster written down, new ones made from what the repository has. */
export function activateApplicationFiles({ clusters, server, register }: ApplicationFilesOptions): Disposable {
  return register("gitopsAuthor.application.export", (argument) => exportApplication({ clusters, server }, argument));
}
