import { commands, type Disposable, type TreeView, window, workspace } from "vscode";
import { chooseApplication } from "../../actions/chooseApplication";
import { keyOf } from "../../cluster/kubeObject";
import type { ClusterChange, OpenClusters } from "../../cluster/openClusters";
import { setContextKey } from "../../platform/contextKeys";
import type { ApplicationPlace } from "./applicationModel";
import type { ApplicationNode } from "./applicationNodes";
import type { ApplicationTree } from "./applicationTree";
import { filterWords } from "./filterWords";

/** The id of the view, and the beginning of those of its commands. */
export const viewId = "gitopsAuthor.applications";

/** The view itself around its rows: what it says above them, its filter, and the row that somebody looks for. */
export class ApplicationsView implements Disposable {
  readonly #view: TreeView<ApplicationNode>;
  readonly #listeners: readonly Disposable[];
  #filter = "";
  #contextKey = "";

  constructor(
    private readonly clusters: OpenClusters,
    private readonly tree: ApplicationTree,
  ) {
    const view = window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
    this.#view = view;
    this.#listeners = [
      { dispose: clusters.onDidChange((change) => this.#update(change)) },
      view.onDidExpandElement(({ element }) => tree.setFolded(element, false)),
      view.onDidCollapseElement(({ element }) => tree.setFolded(element, true)),
      view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("gitopsAuthor.cluster.protected")) tree.drawAll();
      }),
    ];
    tree.setVisible(view.visible);
    this.#showState();
  }

  filter(text: string): void {
    this.#filter = text.trim();
    this.tree.filter(this.#filter);
    this.#showState();
  }

  /** Asks for words, unless they are given. */
  async askFilter(argument: unknown): Promise<void> {
    if (typeof argument === "string") return this.filter(argument);
    const prompt = "Words that must all be true, for example: degraded team-a";
    const text = await window.showInputBox({ title: "Filter Applications", prompt, value: this.#filter });
    if (text === undefined) return;
    this.filter(text);
    if (!this.#view.visible) await commands.executeCommand(`${viewId}.focus`);
  }

  /** Selects the row of an Application, also one that the filter leaves out. Throws when there is none. */
  async reveal(argument: unknown): Promise<void> {
    const place = await choosePlace(this.clusters, argument);
    if (place === undefined) return;
    if (this.tree.show(place) === undefined && this.#filter !== "") this.filter("");
    const row = this.tree.show(place);
    if (row === undefined) throw new Error(`'${place.key}' is not among the Applications of '${place.cluster}'.`);
    await this.#view.reveal(row, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    for (const each of this.#listeners) each.dispose();
    this.#view.dispose();
    this.tree.dispose();
  }

  #update(change: ClusterChange): void {
    this.tree.update(change);
    this.#showState();
  }

  #showState(): void {
    const isOpen = this.clusters.all.length > 0;
    this.#view.message = isOpen ? filterWords(this.#filter, this.tree.counts) : "";
    const key = !isOpen ? "closed" : this.#filter === "" ? "listed" : "filtered";
    // Clusters change all the time.
    if (key !== this.#contextKey) setContextKey(viewId, key);
    this.#contextKey = key;
  }
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
