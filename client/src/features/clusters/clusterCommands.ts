import {
  commands,
  Disposable,
  type LogOutputChannel,
  type QuickPickItem,
  type TreeView,
  window,
  workspace,
} from "vscode";
import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import type { ClusterContext } from "../../cluster/kubeconfig";
import type { OpenClusters } from "../../cluster/openClusters";
import { isProtected } from "../../cluster/protectedContexts";
import type { RegisterCommand } from "../../platform/commands";
import type { ClusterNode } from "./clusterNodes";
import { contextNamed, noKubeconfig } from "./contextNamed";

export interface ClusterCommandsOptions {
  readonly clusters: OpenClusters;
  readonly log: LogOutputChannel;
  readonly register: RegisterCommand;
  readonly view: TreeView<ClusterNode>;
  /** `gitopsAuthor.cluster.protected` */
  readonly patterns: () => readonly string[];
  /** The contexts of the kubeconfig files. */
  readonly find: () => Promise<readonly ClusterContext[]>;
}

/** Opens and closes contexts, and begins those anew that failed: from a row, or else asking which. */
export function registerClusterCommands(options: ClusterCommandsOptions): Disposable {
  const { clusters, log, register, view } = options;
  const isOpen = (name: string): boolean => clusters.find(name) !== undefined;
  return Disposable.from(
    register("gitopsAuthor.clusters.open", async (argument) => {
      const context = await choose(options, argument, (name) => !isOpen(name));
      if (context === undefined) return;
      log.info(`Opening the context ${context.name} (${context.server})`);
      clusters.open(context);
      if (!view.visible) await commands.executeCommand(`${viewId}.focus`);
    }),
    register("gitopsAuthor.clusters.close", async (argument) => {
      const context = await choose(options, argument, isOpen);
      if (context !== undefined) clusters.close(context.name);
    }),
    register("gitopsAuthor.clusters.retry", async (argument) => {
      const context = await choose(options, argument, isOpen);
      if (context !== undefined) clusters.retry(context);
    }),
  );
}

const viewId = "gitopsAuthor.clusters";

/** Among those of the kubeconfig files and the Argo CD servers that are open. */
async function choose(
  { clusters, patterns, find }: ClusterCommandsOptions,
  argument: unknown,
  isWanted: (name: string) => boolean,
): Promise<ClusterContext | undefined> {
  if (!workspace.isTrusted) throw new Error("Clusters are contacted only in a workspace that you trust.");
  const known = await find();
  const servers = clusters.all.filter(({ isServer }) => isServer === true).map(({ context }) => context);
  return await chooseContext([...known, ...servers], argument, isWanted, patterns());
}

/** The context that a row stands for, or that somebody gives the name of, or else that the person picks. Throws when it has gone. */
async function chooseContext(
  contexts: readonly ClusterContext[],
  argument: unknown,
  isWanted: (name: string) => boolean,
  patterns: readonly string[],
): Promise<ClusterContext | undefined> {
  const name = nameOf(argument);
  if (name !== undefined) return contextNamed(contexts, name);
  const items = contexts
    .filter((each) => isWanted(each.name))
    .sort((a, b) => naturalOrder(a.name, b.name))
    .map((context) => ({
      label: context.name,
      description: `${isProtected(context.name, patterns) ? "protected · " : ""}${context.server}`,
      context,
    }));
  if (items.length === 0) {
    const words = "There is no context for this: look in the Clusters view which are open.";
    throw new Error(contexts.length === 0 ? noKubeconfig : words);
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
