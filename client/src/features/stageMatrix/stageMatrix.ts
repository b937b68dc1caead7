import { Disposable, type LogOutputChannel, window, workspace } from "vscode";
import { overlaysChangedNotification } from "../../../../server/src/protocol/overlays";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { openCellMenu } from "./cellMenu";
import { MatrixPanel } from "./matrixPanel";

export interface StageMatrixOptions {
  readonly server: LanguageServer;
  readonly clusters: OpenClusters;
  readonly log: LogOutputChannel;
  readonly register: RegisterCommand;
}

/** The stage matrix: which stage has which image in which version, in Git and in the clusters that are open. */
export function activateStageMatrix({ server, clusters, log, register }: StageMatrixOptions): Disposable {
  const tell = (error: unknown): void => {
    log.error("The stage matrix:", error instanceof Error ? error : String(error));
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  };
  const panel = new MatrixPanel({ server, openMenu: openCellMenu, tell });
  return Disposable.from(
    panel,
    register("gitopsAuthor.showStageMatrix", () => panel.show()),
    server.onNotification(overlaysChangedNotification, () => panel.changed()),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === "yaml" && document.uri.scheme === "file") panel.changed();
    }),
    { dispose: clusters.onDidChange(() => panel.changed()) },
  );
}
