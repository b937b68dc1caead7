import { Disposable } from "vscode";
import { chooseApplication } from "../../actions/chooseApplication";
import type { OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { followChanges } from "./planSource";
import { PlanView } from "./planView";
import { planOf } from "./showSyncPlan";
import { syncApplication } from "./syncApplication";

export interface SyncPlanOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
}

/** Syncs of Applications, and the view that shows beforehand what they do in which order. */
export function activateSyncPlan({ clusters, server, register }: SyncPlanOptions): Disposable {
  const view = new PlanView();
  return Disposable.from(
    view,
    followChanges({ server, clusters }, { again: () => void view.again(), application: () => view.application }),
    register("gitopsAuthor.application.sync", async (argument) => {
      const target = await chooseApplication(clusters, argument);
      if (target !== undefined) await syncApplication({ clusters, server, view }, target);
    }),
    register("gitopsAuthor.showSyncPlan", async (argument) => view.show(await planOf({ clusters, server }, argument))),
    register("gitopsAuthor.syncPlan.sync", () => view.answer(true)),
    register("gitopsAuthor.syncPlan.again", () => view.retry()),
    register("gitopsAuthor.syncPlan.close", () => view.clear()),
  );
}
