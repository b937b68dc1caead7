import { Disposable, type LogOutputChannel, window, workspace } from "vscode";
import { systemClock } from "../../cluster/clock";
import { ClusterContents } from "../../cluster/clusterContents";
import type { ClusterContext } from "../../cluster/kubeconfig";
import type { UserFiles } from "../../cluster/kubeconfigFiles";
import type { OpenClusters } from "../../cluster/openClusters";
import { readSettings } from "../../configuration";
import type { RegisterCommand } from "../../platform/commands";
import { setContextKey } from "../../platform/contextKeys";
import { registerClusterCommands } from "./clusterCommands";
import { ClusterTree } from "./clusterTree";
import { KubeconfigReader } from "./kubeconfigReader";
import { lookInside } from "./lookInside";
import { openAtStart } from "./openAtStart";

export interface ClustersOptions {
  readonly clusters: OpenClusters;
  readonly files: UserFiles;
  readonly log: LogOutputChannel;
  readonly register: RegisterCommand;
}

const viewId = "gitopsAuthor.clusters";

/**
 * The view "Clusters": the contexts of the kubeconfig files, and what is found in those that are open. The files are read when somebody looks
 * at the view; a cluster is contacted when somebody opens its context, or a setting says so, and only in a workspace that is trusted.
 */
export function activateClusters({ clusters, files, log, register }: ClustersOptions): Disposable {
  const patterns = (): readonly string[] => readSettings().cluster.protected;
  const contents = new ClusterContents({
    ...{ clusters, clock: systemClock, namespaces: () => readSettings().argocd.namespaces },
    changed: () => tree.refresh(),
  });
  const tree: ClusterTree = new ClusterTree(clusters, patterns, contents);
  const view = window.createTreeView(viewId, { treeDataProvider: tree });
  setContextKey(viewId, "reading");

  const start = openAtStart(clusters, log);
  const kubeconfig = new KubeconfigReader(files, log, (found, again) => {
    tree.show(found);
    clusters.update(found.contexts, again);
    start.offer(found.contexts);
    setContextKey(viewId, found.contexts.length + found.problems.length > 0 ? "listed" : "none");
  });
  const look = (visible: boolean): void => {
    if (visible || start.isWaiting) kubeconfig.look();
  };
  look(view.visible);
  return Disposable.from(
    tree,
    view,
    contents,
    kubeconfig,
    { dispose: clusters.onDidChange((change) => change.cluster && logFailure(clusters, change.name, log)) },
    lookInside({ clusters, contents, tree, view }),
    view.onDidChangeVisibility(({ visible }) => look(visible)),
    workspace.onDidGrantWorkspaceTrust(() => look(view.visible)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("gitopsAuthor.cluster")) tree.refresh();
    }),
    register("gitopsAuthor.clusters.refresh", () => kubeconfig.look(true)),
    registerClusterCommands({ clusters, log, register, view, patterns, find: () => findContexts(tree, kubeconfig) }),
  );
}

/** What the files say, also where nobody has looked at the view so far. */
async function findContexts(tree: ClusterTree, kubeconfig: KubeconfigReader): Promise<readonly ClusterContext[]> {
  if (tree.kubeconfig.contexts.length === 0) await kubeconfig.read();
  return tree.kubeconfig.contexts;
}

function logFailure(clusters: OpenClusters, name: string, log: LogOutputChannel): void {
  const state = clusters.find(name)?.state;
  if (state !== undefined && typeof state !== "string") log.warn(`The context ${name}: ${state.message}`);
}
