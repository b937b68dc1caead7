import { type Disposable, type Event, EventEmitter, type TreeDataProvider, type TreeItem } from "vscode";
import {
  type OverlayGraph,
  overlaysChangedNotification,
  overlaysRequest,
} from "../../../../server/src/protocol/overlays";
import type { LanguageServer } from "../../languageClient";
import { overlayItem } from "./overlayItems";
import { childRows, findRow, type OverlayNode, topRows } from "./overlayNodes";

const nothing: OverlayGraph = { kustomizations: [], complete: true };

/** The kustomization graph as the rows of a tree, asked from the server again whenever it says that something changed. */
export class OverlayTree implements TreeDataProvider<OverlayNode>, Disposable {
  #graph: OverlayGraph = nothing;
  readonly #changed = new EventEmitter<undefined>();
  readonly #graphChanged = new EventEmitter<OverlayGraph>();
  readonly #notification: Disposable;
  /** Several changes may come while one answer is on its way; only the newest answer counts. */
  #newest = 0;

  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;
  readonly onDidChangeGraph: Event<OverlayGraph> = this.#graphChanged.event;

  constructor(
    private readonly server: LanguageServer,
    onError: (error: unknown) => void,
  ) {
    this.#notification = server.onNotification(overlaysChangedNotification, () => {
      this.refresh().catch(onError);
    });
  }

  get graph(): OverlayGraph {
    return this.#graph;
  }

  /** Asks the server for the graph, starting the server when necessary. Rejects when it cannot answer. */
  async refresh(): Promise<void> {
    const mine = ++this.#newest;
    const graph = await this.server.request<OverlayGraph>(overlaysRequest);
    if (mine === this.#newest) this.#show(graph);
  }

  /** Shows nothing, as when there is no server. Nobody is told: there is nothing to say about the workspace. */
  clear(): void {
    this.#newest++;
    this.#graph = nothing;
    this.#changed.fire(undefined);
  }

  find(uri: string): OverlayNode | undefined {
    return findRow(this.#graph, uri);
  }

  getChildren(row?: OverlayNode): OverlayNode[] {
    return [...(row === undefined ? topRows(this.#graph) : childRows(this.#graph, row))];
  }

  getParent(row: OverlayNode): OverlayNode | undefined {
    return row.parent;
  }

  getTreeItem(row: OverlayNode): TreeItem {
    return overlayItem(row);
  }

  dispose(): void {
    this.#notification.dispose();
    this.#changed.dispose();
    this.#graphChanged.dispose();
  }

  #show(graph: OverlayGraph): void {
    // The server says often that something may have changed; rows that are the same must not flicker.
    const same = JSON.stringify(graph) === JSON.stringify(this.#graph);
    this.#graph = graph;
    if (!same) this.#changed.fire(undefined);
    this.#graphChanged.fire(graph);
  }
}
