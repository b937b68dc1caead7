import { commands, Disposable, window } from "vscode";
import type { OpenClusters } from "../../cluster/openClusters";
import { readSettings } from "../../configuration";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { setContextKey } from "../../platform/contextKeys";
import { registerApplicationCommands } from "./applicationCommands";
import type { MoreRow } from "./applicationNodes";
import { ApplicationTree } from "./applicationTree";
import { revealInEditor } from "./revealInEditor";

export interface ApplicationsOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly register: RegisterCommand;
}

const viewId = "gitopsAuthor.applications";

/** The view "Applications": those of all open contexts, as they are now, and what can be done with them. */
export function activateApplications({ clusters, server, register }: ApplicationsOptions): Disposable {
  const patterns = (): readonly string[] => readSettings().cluster.protected;
  const tree = new ApplicationTree(clusters, patterns);
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

  showState();
  return Disposable.from(
    tree,
    view,
    {
      dispose: clusters.onDidChange((change) => {
        tree.update(change);
        showState();
      }),
    },
    register("gitopsAuthor.applications.filter", askFilter),
    register("gitopsAuthor.applications.clearFilter", () => setFilter("")),
    register("gitopsAuthor.applications.showMore", (argument) => {
      const row = argument as Partial<MoreRow> | undefined;
      if (row?.type === "more" && row.parent !== undefined) tree.showMore(row.parent);
    }),
    register("gitopsAuthor.application.revealInEditor", (argument) => revealInEditor({ clusters, server }, argument)),
    registerApplicationCommands({ clusters, register, patterns }),
  );
}
