import { Disposable, type LogOutputChannel, workspace } from "vscode";
import {
  type ClusterObservation,
  observeNotification,
  wantedSchemasRequest,
} from "../../../../server/src/protocol/observe";
import { systemClock } from "../../cluster/clock";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { diskCache } from "../../platform/diskCache";
import { ApplicationPush } from "./applicationPush";
import { SchemaPush } from "./schemaPush";

export interface ObservationsOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  /** Where schemas are kept from one start to the next. */
  readonly cacheFolder: string;
}

/** How much of the disk the schemas may take, in bytes. */
const largestCache = 64 * 1024 * 1024;

/** How long to wait after a file was saved, in milliseconds: all files of a workspace may be saved at once. */
const settling = 2000;

/**
 * Tells the language server what is seen in the open contexts: how the Applications are, and what the clusters say of the kinds that the
 * workspace uses. It shows nothing; of clusters, it contacts none that is not open.
 */
export function activateObservations({ clusters, server, log, cacheFolder }: ObservationsOptions): Disposable {
  const send = (news: ClusterObservation): void => server.notify(observeNotification, news);
  const applications = new ApplicationPush({ clusters, clock: systemClock, send });
  const schemas = new SchemaPush({
    ...{ clusters, send, clock: systemClock },
    store: diskCache(cacheFolder, largestCache),
    wanted: () => server.request<readonly string[]>(wantedSchemasRequest),
    warn: (message) => log.warn(message),
  });
  const follow = (): void => {
    for (const each of [applications, schemas]) {
      if (server.state === "running") each.start();
      else each.pause();
    }
  };
  let timer: NodeJS.Timeout | undefined;
  follow();
  return Disposable.from(
    applications,
    { dispose: () => clearTimeout(timer) },
    server.onDidChangeState(follow),
    {
      dispose: clusters.onDidChange((change) => {
        applications.changed(change);
        schemas.changed(change);
      }),
    },
    workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId !== "yaml") return;
      clearTimeout(timer);
      // The workspace may use another kind now.
      timer = setTimeout(() => schemas.look(), settling);
    }),
  );
}
