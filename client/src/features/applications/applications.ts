import { commands, Disposable, type Memento, window, workspace } from "vscode";
import { chooseApplication } from "../../actions/chooseApplication";
import { describeApplication } from "../../cluster/argocd/applicationState";
import { systemClock } from "../../cluster/clock";
import { keyOf } from "../../cluster/kubeObject";
import type { OpenClusters } from "../../cluster/openClusters";
import { RememberedRights } from "../../cluster/rememberedRights";
import { SharedWatches } from "../../cluster/sharedWatches";
import { readSettings } from "../../configuration";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { setContextKey } from "../../platform/contextKeys";
import { registerApplicationCommands } from "./applicationCommands";
import type { ApplicationPlace } from "./applicationModel";
import type { MoreRow } from "./applicationNodes";
import { ApplicationTree } from "./applicationTree";
import { askGrouping } from "./askGrouping";
import { describePermissions, describeRoles } from "./describePermissions";
import { toGrouping } from "./grouping";
import { revealInEditor } from "./revealInEditor";
import { WindowVerdicts } from "./windowVerdicts";

export interface ApplicationsOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
  /** Where the person's choice of groups is remembered. */
  readonly memory: Memento;
}

const viewId = "gitopsAuthor.applications";
const groupingKey = `${viewId}.grouping`;

/** The view "Applications": those of all open contexts, as they are now, and what can be done with them. */
export function activateApplications({ clusters, server, register, memory }: ApplicationsOptions): Disposable {
  const patterns = (): readonly string[] => readSettings().cluster.protected;
  const watches = new SharedWatches(systemClock);
  const rights = new RememberedRights(systemClock);
  const changed = (place: ApplicationPlace): void => tree.drawAutoSync(place);
  const verdicts = new WindowVerdicts({ clusters, server, changed, now: systemClock.now });
  const describe = (place: ApplicationPlace): Promise<readonly string[]> =>
    describePlace(place, { clusters, verdicts, rights });
  const grouping = toGrouping(memory.get(groupingKey));
  const windows = (place: ApplicationPlace): readonly string[] => verdicts.find(place);
  const tree: ApplicationTree = new ApplicationTree({ clusters, watches, grouping, patterns, describe, windows });
  const view = window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  let filter = "";
  const showState = (): void => {
    const { shown, all } = tree.counts;
    view.message = filter === "" ? "" : `Filter '${filter}': ${shown} of ${all}`;
    setContextKey(viewId, clusters.all.length === 0 ? "closed" : filter === "" ? "listed" : "filtered");
  };
  const setFilter = (text: string): void => {
    filter = text.trim();
    tree.filter(filter);
    showState();
  };
  const askFilter = async (argument: unknown): Promise<void> => {
    if (typeof argument === "string") return setFilter(argument);
    const prompt = "Words that must all be true, for example: degraded team-a";
    const text = await window.showInputBox({ title: "Filter Applications", prompt, value: filter });
    if (text === undefined) return;
    setFilter(text);
    if (!view.visible) await commands.executeCommand(`${viewId}.focus`);
  };
  const reveal = async (argument: unknown): Promise<void> => {
    const place = await choosePlace(clusters, argument);
    if (place === undefined) return;
    if (tree.show(place) === undefined && filter !== "") setFilter("");
    const row = tree.show(place);
    if (row === undefined) throw new Error(`'${place.key}' is not among the Applications of '${place.cluster}'.`);
    await view.reveal(row, { select: true, focus: true, expand: true });
  };

  showState();
  tree.setVisible(view.visible);
  return Disposable.from(
    tree,
    view,
    watches,
    {
      dispose: clusters.onDidChange((change) => {
        tree.update(change);
        showState();
      }),
    },
    view.onDidExpandElement(({ element }) => tree.setFolded(element, false)),
    view.onDidCollapseElement(({ element }) => tree.setFolded(element, true)),
    view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("gitopsAuthor.cluster.protected")) tree.drawAll();
    }),
    register("gitopsAuthor.applications.filter", askFilter),
    register("gitopsAuthor.applications.clearFilter", () => setFilter("")),
    register("gitopsAuthor.applications.groupBy", async () => {
      const chosen = await askGrouping(clusters, toGrouping(memory.get(groupingKey)));
      if (chosen === undefined) return;
      await memory.update(groupingKey, chosen);
      tree.group(chosen);
    }),
    register("gitopsAuthor.applications.reveal", reveal),
    register("gitopsAuthor.applications.showMore", (argument) => {
      const row = argument as Partial<MoreRow> | undefined;
      if (row?.type === "more" && row.parent !== undefined) tree.showMore(row.parent);
    }),
    register("gitopsAuthor.application.revealInEditor", (argument) => revealInEditor({ clusters, server }, argument)),
    registerApplicationCommands({ clusters, register, patterns }),
  );
}

interface Describing {
  readonly clusters: OpenClusters;
  readonly verdicts: WindowVerdicts;
  readonly rights: RememberedRights;
}

/** The tooltip of an Application, a line each: how it is, what sync windows say, and what is not permitted. */
async function describePlace(
  { cluster, key }: ApplicationPlace,
  { clusters, verdicts, rights }: Describing,
): Promise<readonly string[]> {
  const open = clusters.find(cluster);
  const application = open?.applications.get(key);
  if (open === undefined || application === undefined) return [];
  const [window, missing] = await Promise.all([
    verdicts.ask({ cluster, key }).catch(() => undefined),
    open.isServer === true
      ? describeRoles(open.argocd, application)
      : describePermissions(rights, open.connection, application.metadata.namespace),
  ]);
  const windows = window === undefined ? [] : [`Sync windows: ${window}`];
  return [...describeApplication(application), ...windows, ...missing];
}

/** The Application that somebody names, or else that the person picks. */
async function choosePlace(clusters: OpenClusters, argument: unknown): Promise<ApplicationPlace | undefined> {
  if (!workspace.isTrusted) throw new Error("Clusters are contacted only in a workspace that you trust.");
  const { cluster, key } = (argument ?? {}) as { readonly cluster?: unknown; readonly key?: unknown };
  if (typeof cluster === "string" && typeof key === "string") {
    if (clusters.find(cluster) === undefined) throw new Error(`The context '${cluster}' is not open.`);
    return { cluster, key };
  }
  const target = await chooseApplication(clusters, undefined);
  return target && { cluster: target.cluster.context.name, key: keyOf(target.application) };
}
