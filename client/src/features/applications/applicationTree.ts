import { type Disposable, type Event, EventEmitter, type TreeDataProvider, type TreeItem } from "vscode";
import type { ClusterChange } from "../../cluster/openClusters";
import { applicationItem } from "./applicationItems";
import { ApplicationModel, type ShownClusters } from "./applicationModel";
import type { ApplicationNode, ProjectRow } from "./applicationNodes";

/** The Applications of all open clusters as the rows of a tree. */
export class ApplicationTree implements TreeDataProvider<ApplicationNode>, Disposable {
  readonly #changed = new EventEmitter<ApplicationNode[] | undefined>();
  readonly #model: ApplicationModel;
  readonly onDidChangeTreeData: Event<ApplicationNode[] | undefined> = this.#changed.event;

  constructor(
    clusters: ShownClusters,
    private readonly patterns: () => readonly string[],
  ) {
    this.#model = new ApplicationModel(clusters);
  }

  get counts(): ApplicationModel["counts"] {
    return this.#model.counts;
  }

  update(change: ClusterChange): void {
    const redraw = this.#model.update(change);
    if (redraw === "all") this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
  }

  filter(text: string): void {
    this.#model.filter(text);
    this.#changed.fire(undefined);
  }

  showMore(row: ProjectRow): void {
    this.#model.showMore(row);
    this.#changed.fire([row]);
  }

  getChildren(row?: ApplicationNode): ApplicationNode[] {
    return [...(row === undefined ? this.#model.topRows() : this.#model.childRows(row))];
  }

  getParent(row: ApplicationNode): ApplicationNode | undefined {
    return row.parent;
  }

  getTreeItem(row: ApplicationNode): TreeItem {
    return applicationItem(row, { model: this.#model, patterns: this.patterns() });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
