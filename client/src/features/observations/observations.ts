import { Disposable } from "vscode";
import { observeNotification } from "../../../../server/src/protocol/observe";
import { systemClock } from "../../cluster/clock";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import { ApplicationPush } from "./applicationPush";

export interface ObservationsOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
}

/** Tells the language server what is seen in the open contexts. It shows nothing, and contacts nobody. */
export function activateObservations({ clusters, server }: ObservationsOptions): Disposable {
  const push = new ApplicationPush({
    clusters,
    clock: systemClock,
    send: (news) => server.notify(observeNotification, news),
  });
  const follow = (): void => (server.state === "running" ? push.start() : push.pause());
  follow();
  return Disposable.from(push, server.onDidChangeState(follow), {
    dispose: clusters.onDidChange((change) => push.changed(change)),
  });
}
