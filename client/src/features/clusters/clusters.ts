import { commands, Disposable, type LogOutputChannel, type QuickPickItem, window, workspace } from "vscode";
import { systemClock } from "../../cluster/clock";
import { ClusterContents } from "../../cluster/clusterContents";
import type { ClusterContext } from "../../cluster/kubeconfig";
import type { UserFiles } from "../../cluster/kubeconfigFiles";
import type { OpenClusters } from "../../cluster/openClusters";
import { isProtected } from "../../cluster/protectedContexts";
import { readSettings } from "../../configuration";
import type { RegisterCommand } from "../../platform/commands";
import { setContextKey } from "../../platform/contextKeys";
import type { ClusterNode } from "./clusterNodes";
import { ClusterTree } from "./clusterTree";
import { KubeconfigReader } from "./kubeconfigReader";
import { lookInside } from "./lookInside";

export interface ClustersOptions {
  readonly clusters: OpenClusters;
  readonly files: UserFiles;
  readonly log: LogOutputChannel;
  readonly register: RegisterCommand;
}

const viewId = "gitopsAuthor.clusters";

/**
 * The view "Clusters": the contexts of the kubeconfig files, and what is found in those that are open. The files are read when somebody looks
 * at the view; a cluster is contacted when somebody opens its context, and only in a workspace that is trusted.
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

  const kubeconfig = new KubeconfigReader(files, log, (found) => {
    tree.show(found);
    clusters.update(found.contexts);
    setContextKey(viewId, found.contexts.length + found.problems.length > 0 ? "listed" : "none");
  });
  const look = (visible: boolean): void => {
    if (visible) kubeconfig.look();
  };
  const choose = async (
    argument: unknown,
    isWanted: (name: string) => boolean,
  ): Promise<ClusterContext | undefined> => {
    if (!workspace.isTrusted) throw new Error("Clusters are contacted only in a workspace that you trust.");
    if (tree.kubeconfig.contexts.length === 0) await kubeconfig.read();
    const servers = clusters.all.filter(({ isServer }) => isServer === true).map(({ context }) => context);
    return await chooseContext([...tree.kubeconfig.contexts, ...servers], argument, isWanted, patterns());
  };
  const open = async (argument: unknown): Promise<void> => {
    const context = await choose(argument, (name) => clusters.find(name) === undefined);
    if (context === undefined) return;
    log.info(`Opening the context ${context.name} (${context.server})`);
    clusters.open(context);
    if (!view.visible) await commands.executeCommand(`${viewId}.focus`);
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
    register("gitopsAuthor.clusters.refresh", () => kubeconfig.look()),
    register("gitopsAuthor.clusters.open", open),
    register("gitopsAuthor.clusters.close", async (argument) => {
      const context = await choose(argument, (name) => clusters.find(name) !== undefined);
      if (context !== undefined) clusters.close(context.name);
    }),
    register("gitopsAuthor.clusters.retry", async (argument) => {
      const context = await choose(argument, (name) => clusters.find(name) !== undefined);
      if (context !== undefined) clusters.retry(context);
    }),
  );
}

function logFailure(clusters: OpenClusters, name: string, log: LogOutputChannel): void {
  const state = clusters.find(name)?.state;
  if (state !== undefined && typeof state !== "string") log.warn(`The context ${name}: ${state.message}`);
}

/** The context that a row stands for, or that somebody gives the name of, or else that the person picks. */
async function chooseContext(
  contexts: readonly ClusterContext[],
  argument: unknown,
  isWanted: (name: string) => boolean,
  patterns: readonly string[],
): Promise<ClusterContext | undefined> {
  const name = nameOf(argument);
  if (name !== undefined) return contexts.find((each) => each.name === name);
  const items = contexts
    .filter((each) => isWanted(each.name))
    .map((context) => ({
      label: context.name,
      description: `${isProtected(context.name, patterns) ? "protected · " : ""}${context.server}`,
      context,
    }));
  if (items.length === 0) {
    throw new Error(
      contexts.length === 0
        ? "No kubeconfig names a context. Sign in to a cluster, for example with oc login or your cloud's command, and try again."
        : "There is no context for this: look in the Clusters view which are open.",
    );
  }
  const options = { placeHolder: "Choose a context", matchOnDescription: true };
  const chosen = await window.showQuickPick<QuickPickItem & { readonly context: ClusterContext }>(items, options);
  return chosen?.context;
}

function nameOf(argument: unknown): string | undefined {
  if (typeof argument === "string") return argument;
  const row = argument as Partial<ClusterNode> | undefined;
  return row?.type === "context" ? row.context?.name : undefined;
}
