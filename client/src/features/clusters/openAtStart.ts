import type { LogOutputChannel } from "vscode";
import { contextsAtStart } from "../../cluster/contextsAtStart";
import type { ClusterContext } from "../../cluster/kubeconfig";
import type { OpenClusters } from "../../cluster/openClusters";
import { readSettings } from "../../configuration";

/** Opens contexts when a window starts. */
export interface OpeningAtStart {
  /** The kubeconfig is wanted although nobody looks at the view. */
  readonly isWaiting: boolean;
  /** Opens the contexts that the settings name, once: the kubeconfig is read only in a workspace that is trusted. */
  offer(contexts: readonly ClusterContext[]): void;
}

/** `gitopsAuthor.cluster.openAtStart` counts as it was when the window started; a repository cannot set it. */
export function openAtStart(clusters: OpenClusters, log: LogOutputChannel): OpeningAtStart {
  const { openAtStart: setting } = readSettings().cluster;
  let isWaiting = Array.isArray(setting) && setting.length > 0;
  return {
    get isWaiting() {
      return isWaiting;
    },
    offer(contexts) {
      if (!isWaiting) return;
      isWaiting = false;
      for (const context of contextsAtStart(contexts, setting)) {
        if (clusters.find(context.name) !== undefined) continue;
        log.info(`Opening the context ${context.name} (${context.server}) as the settings say`);
        clusters.open(context);
      }
    },
  };
}
